namespace Clinic.Contracts.Intake;

/// <summary>Who the client is has been proofed to a level, until <paramref name="ExpiresAt"/>. What was shown stays with intake.</summary>
/// <param name="ClientId">The pseudonym.</param>
/// <param name="Level">One of <see cref="IdentityLevels"/>.</param>
/// <param name="Method">One of <see cref="ProofingMethods"/>.</param>
/// <param name="ExpiresAt">First instant at which the level no longer holds.</param>
[Contract("intake.identity-proofed.v1")]
public sealed record IdentityProofed(string ClientId, string Level, string Method, DateTimeOffset ExpiresAt);

namespace Clinic.Contracts.Intake;

/// <summary>An attempt to proof who the client is failed. A level reached earlier still holds.</summary>
/// <param name="ClientId">The pseudonym.</param>
/// <param name="Level">The level tried for.</param>
/// <param name="Method">One of <see cref="ProofingMethods"/>.</param>
/// <param name="ReasonCode">Code, for example <c>evidence-expired</c>.</param>
[Contract("intake.identity-proofing-failed.v1")]
public sealed record IdentityProofingFailed(string ClientId, string Level, string Method, string ReasonCode);

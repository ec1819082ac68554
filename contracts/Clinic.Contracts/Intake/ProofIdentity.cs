namespace Clinic.Contracts.Intake;

/// <summary>Says what came of an attempt to proof who a client is. The clinic, not the client, keeps the evidence.</summary>
/// <param name="ClientId">The pseudonym.</param>
/// <param name="ProofingId">Of this attempt, chosen by the sender.</param>
/// <param name="Level">The level reached, or tried for when it failed: one of <see cref="IdentityLevels"/> above <c>none</c>.</param>
/// <param name="Method">One of <see cref="ProofingMethods"/>; <c>ial3</c> must be attended.</param>
/// <param name="EvidenceRef">Id of the evidence in the clinic's own system, never a document's number; left out when it failed.</param>
/// <param name="ExpiresAt">First instant at which the level no longer holds; left out when it failed.</param>
/// <param name="FailureReason">Code, exactly when it failed.</param>
[Contract("intake.proof-identity.v1")]
public sealed record ProofIdentity(
    string ClientId, string ProofingId, string Level, string Method, string? EvidenceRef = null, DateTimeOffset? ExpiresAt = null,
    string? FailureReason = null);

using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>The client's identity was proofed.</summary>
[Subject("clientId")]
public sealed record IdentityProofed(
    string ClientId, string ProofingId, string Level, string Method, Personal<string> EvidenceRef, DateTimeOffset ExpiresAt);

/// <summary>An attempt to proof it failed.</summary>
public sealed record IdentityProofingFailed(string ClientId, string ProofingId, string Level, string Method, string ReasonCode);

/// <summary>Whose pseudonym this is, held in escrow.</summary>
[Subject("clientId", DataClasses.Contact)]
public sealed record PseudonymLinked(string ClientId, Personal<string> IdentityRef, string AuthorisedBy, string ReasonCode);

/// <summary>Everything a category of care needs of intake was there.</summary>
public sealed record ClientEnrolled(string ClientId, string Category, string IdentityLevel);

/// <summary>Something it needs was missing.</summary>
public sealed record EnrolmentRefused(string ClientId, string Category, string[] FailedChecks);

/// <summary>How well intake knows who a client is, and what the client was let into.</summary>
public sealed record ClientIdentity
{
    public IReadOnlyList<IdentityProofed> Proofs { get; init; } = [];
    public IReadOnlyList<IdentityProofingFailed> Failures { get; init; } = [];
    public PseudonymLinked? Escrow { get; init; }
    public IReadOnlyList<string> Enrolled { get; init; } = [];
    public EnrolmentRefused? LastRefusal { get; init; }

    /// <summary>The highest level that holds at an instant; expiry is end-exclusive.</summary>
    public string LevelAt(DateTimeOffset instant) =>
        IdentityLevels.All.Last(level => level == IdentityLevels.None || Proofs.Any(proof => proof.Level == level && instant < proof.ExpiresAt));
}

namespace Clinic.Contracts.Audit;

/// <summary>A remediation was looked at by somebody else than who made it.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Accepted">True: it is closed. False: it is open again.</param>
/// <param name="ReviewedBy">Who looked.</param>
[Contract("audit.remediation-reviewed.v1")]
public sealed record RemediationReviewed(string FindingId, bool Accepted, string ReviewedBy);

namespace Clinic.Contracts.Audit;

/// <summary>An auditor who did not put it right says whether it is right now.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Accepted">False: it is open again, with the term it had.</param>
[Contract("audit.review-remediation.v1")]
public sealed record ReviewRemediation(string FindingId, bool Accepted);

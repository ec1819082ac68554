namespace Clinic.Contracts.Audit;

/// <summary>A finding is said to be put right; somebody else has to agree.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Evidence">Id of the change, ticket or test that shows it.</param>
/// <param name="RemediatedBy">Who says so.</param>
[Contract("audit.finding-remediated.v1")]
public sealed record AuditFindingRemediated(string FindingId, string Evidence, string RemediatedBy);

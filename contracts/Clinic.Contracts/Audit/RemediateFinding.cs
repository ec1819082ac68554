namespace Clinic.Contracts.Audit;

/// <summary>Says that a finding was put right, and where that can be seen.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Evidence">Id of the change, ticket or test that shows it.</param>
[Contract("audit.remediate-finding.v1")]
public sealed record RemediateFinding(string FindingId, string Evidence);

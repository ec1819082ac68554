namespace Clinic.Contracts.Audit;

/// <summary>Says whether an incident is a breach, of how many people's data, and under which laws it must be told.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Assessment">One of <see cref="AuditCodes.Assessments"/>.</param>
/// <param name="AffectedClients">How many clients' data.</param>
/// <param name="Regimes">Which of <see cref="AuditCodes.Regimes"/> apply; none unless it is a breach.</param>
[Contract("audit.assess-breach.v1")]
public sealed record AssessBreach(string IncidentId, string Assessment, int AffectedClients, string[] Regimes);

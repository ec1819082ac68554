namespace Clinic.Contracts.Audit;

/// <summary>An incident was assessed.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Assessment">One of <see cref="AuditCodes.Assessments"/>.</param>
/// <param name="AffectedClients">How many clients' data.</param>
/// <param name="Notices">What must be told under which law and until when.</param>
/// <param name="AssessedBy">Who decided.</param>
[Contract("audit.breach-assessed.v1")]
public sealed record BreachAssessed(string IncidentId, string Assessment, int AffectedClients, NoticeDue[] Notices, string AssessedBy);

/// <summary>A notice that a law demands.</summary>
/// <param name="Regime">One of <see cref="AuditCodes.Regimes"/>.</param>
/// <param name="DueAt">60 days (hipaa) or 72 hours (gdpr) after discovery.</param>
public sealed record NoticeDue(string Regime, DateTimeOffset DueAt);

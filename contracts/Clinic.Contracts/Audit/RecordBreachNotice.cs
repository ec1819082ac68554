namespace Clinic.Contracts.Audit;

/// <summary>Says that a breach was told to whom a law names.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Regime">One of <see cref="AuditCodes.Regimes"/>.</param>
/// <param name="NotifiedAt">When.</param>
/// <param name="Reference">The notice in the clinic's own system.</param>
[Contract("audit.record-breach-notice.v1")]
public sealed record RecordBreachNotice(string IncidentId, string Regime, DateTimeOffset NotifiedAt, string Reference);

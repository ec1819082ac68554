namespace Clinic.Contracts.Audit;

/// <summary>A breach was told to whom a law names.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Regime">One of <see cref="AuditCodes.Regimes"/>.</param>
/// <param name="NotifiedAt">When.</param>
/// <param name="Reference">The notice in the clinic's own system.</param>
/// <param name="Late">After its term.</param>
[Contract("audit.breach-notice-given.v1")]
public sealed record BreachNoticeGiven(string IncidentId, string Regime, DateTimeOffset NotifiedAt, string Reference, bool Late);

namespace Clinic.Contracts.Audit;

/// <summary>An incident is closed: assessed, and told wherever it must be.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Outcome">Code of the clinic's own.</param>
/// <param name="ClosedBy">Who decided.</param>
[Contract("audit.incident-closed.v1")]
public sealed record IncidentClosed(string IncidentId, string Outcome, string ClosedBy);

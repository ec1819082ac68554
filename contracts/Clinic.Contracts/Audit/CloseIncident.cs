namespace Clinic.Contracts.Audit;

/// <summary>Nothing is left to be done about an incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Outcome">Code of the clinic's own, for example <c>access-revoked</c>.</param>
[Contract("audit.close-incident.v1")]
public sealed record CloseIncident(string IncidentId, string Outcome);

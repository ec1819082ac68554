namespace Clinic.Contracts.Audit;

/// <summary>Something happened that should not have: unauthorised access, a breach, blackmail, malware, a history that does not verify.</summary>
/// <param name="IncidentId">Chosen by the sender.</param>
/// <param name="Category">One of <see cref="AuditCodes.Incidents"/>.</param>
/// <param name="Severity">One of <see cref="AuditCodes.Severities"/>.</param>
/// <param name="DiscoveredAt">When somebody first knew; terms of notices count from here.</param>
/// <param name="Reference">The case in the clinic's own system, where there is one.</param>
/// <param name="ClientIds">Clients known to be concerned so far; null for none known.</param>
[Contract("audit.raise-incident.v1")]
public sealed record RaiseIncident(string IncidentId, string Category, string Severity, DateTimeOffset DiscoveredAt, string? Reference = null, string[]? ClientIds = null);

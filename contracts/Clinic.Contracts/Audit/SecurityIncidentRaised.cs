namespace Clinic.Contracts.Audit;

/// <summary>An incident is on record.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Category">One of <see cref="AuditCodes.Incidents"/>.</param>
/// <param name="Severity">One of <see cref="AuditCodes.Severities"/>.</param>
/// <param name="DiscoveredAt">When somebody first knew.</param>
/// <param name="RaisedBy">Who put it on record; <c>audit</c> when the service noticed it itself.</param>
/// <param name="Reference">The case in the clinic's own system, or the checkpoint or stream that showed it.</param>
/// <param name="ClientIds">Clients known to be concerned; null for none known.</param>
[Contract("audit.security-incident-raised.v1")]
public sealed record SecurityIncidentRaised(
    string IncidentId, string Category, string Severity, DateTimeOffset DiscoveredAt, string RaisedBy, string? Reference = null, string[]? ClientIds = null);

namespace Clinic.Contracts.Session;

/// <summary>Asks the gate whether the session may start, and starts it if so. Source: domain rule 2.3.1.</summary>
/// <param name="SessionId">The scheduled session.</param>
/// <param name="LocationConfirmed">The client's location was confirmed in this session.</param>
/// <param name="EmergencyContactConfirmed">The emergency contact was confirmed in this session.</param>
/// <param name="Jurisdiction">
/// Where the client is now: ISO 3166 country or subdivision, for example <c>US-CA</c>.
/// </param>
[Contract("session.start-session.v1")]
public sealed record StartSession(
    string SessionId, bool LocationConfirmed, bool EmergencyContactConfirmed, string Jurisdiction);

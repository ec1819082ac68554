namespace Clinic.Contracts.Session;

/// <summary>
/// A client is about to begin a session and has said where they are and what is around them. The place itself stays
/// inside.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Jurisdiction">Where the client is today: ISO 3166 country or subdivision.</param>
/// <param name="LocationGiven">False when the client did not want to say where exactly.</param>
/// <param name="EmergencyContactConfirmed">The emergency contact was confirmed this time.</param>
[Contract("session.checked-in.v1")]
public sealed record ClientCheckedIn(
    string SessionId, string ClientId, string Jurisdiction, bool LocationGiven, bool EmergencyContactConfirmed);

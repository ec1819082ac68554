namespace Clinic.Contracts.Session;

/// <summary>
/// Schedules a session. Needs consent to treatment and modality, and a suitability decision that allows it.
/// </summary>
/// <param name="SessionId">The new session.</param>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="PractitionerId">With whom.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="StartsAt">Planned start.</param>
/// <param name="PlannedMinutes">Planned length in minutes, 5 to 480.</param>
/// <param name="TimeZone">IANA name of the client's time zone, for example <c>Europe/Berlin</c> (S42).</param>
/// <param name="PlatformId">The platform used; needed unless in person.</param>
/// <param name="GroupId">The group, when several clients meet: each is booked and gated on their own. From clinic staff and systems only.</param>
[Contract("session.book-session.v1")]
public sealed record BookSession(
    string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartsAt,
    int PlannedMinutes, string TimeZone, string? PlatformId = null, string? GroupId = null);

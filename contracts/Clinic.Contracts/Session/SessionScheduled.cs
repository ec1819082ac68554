namespace Clinic.Contracts.Session;

/// <summary>A session was booked.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="PractitionerId">With whom.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="StartsAt">Planned start.</param>
/// <param name="PlannedMinutes">Planned length in minutes.</param>
/// <param name="TimeZone">IANA name of the client's time zone.</param>
/// <param name="PlatformId">The platform used, if any.</param>
/// <param name="GroupId">The group, when several clients meet.</param>
[Contract("session.scheduled.v1")]
public sealed record SessionScheduled(
    string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartsAt,
    int PlannedMinutes, string TimeZone, string? PlatformId = null, string? GroupId = null);

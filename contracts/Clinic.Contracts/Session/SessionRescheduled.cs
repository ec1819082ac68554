namespace Clinic.Contracts.Session;

/// <summary>A session was moved to another time.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">With whom.</param>
/// <param name="StartsAt">The new planned start.</param>
/// <param name="PlannedMinutes">The new planned length in minutes.</param>
/// <param name="TimeZone">IANA name of the client's time zone.</param>
[Contract("session.rescheduled.v1")]
public sealed record SessionRescheduled(
    string SessionId, string ClientId, string PractitionerId, DateTimeOffset StartsAt, int PlannedMinutes,
    string TimeZone);

namespace Clinic.Contracts.Session;

/// <summary>Moves a session that has not started to another time (S42). Who wants it gives no reason.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="StartsAt">The new planned start.</param>
/// <param name="PlannedMinutes">The new planned length in minutes, 5 to 480.</param>
/// <param name="By"><c>client</c> or <c>practitioner</c>.</param>
[Contract("session.reschedule-session.v1")]
public sealed record RescheduleSession(string SessionId, DateTimeOffset StartsAt, int PlannedMinutes, string By);

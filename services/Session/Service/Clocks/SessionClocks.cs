using Clinic.EventLog;
using Clinic.Session.Domain;
using Npgsql;

namespace Clinic.Session.Service.Clocks;

/// <summary>What has to happen in time: no rows, only deadlines.</summary>
internal static class SessionClocks
{
    public const string Reconnect = "reconnect";
    public const string Fallback = "fallback";
    public const string Reminder = "reminder";
    public const string Gap = "gap";
    public const string Welfare = "welfare";

    public static Projection View { get; } = new("practice", logged => logged.Event.Data switch
    {
        DisruptionRecorded e => [Deadlines.Set(logged, Reconnect, e.ReconnectBy)],
        FallbackChannelUsed e => [Deadlines.Clear(logged, Reconnect), Deadlines.Set(logged, Fallback, e.EndsAt)],
        Reconnected => [Deadlines.Clear(logged, Reconnect), Deadlines.Clear(logged, Fallback)],
        SessionEnded => [Deadlines.Clear(logged, Reconnect), Deadlines.Clear(logged, Fallback)],
        SessionScheduled e => [Remind(logged, e.StartsAt)],
        SessionRescheduled e => [Remind(logged, e.StartsAt)],
        SessionStarted => [Deadlines.Clear(logged, Reminder)],
        SessionCancelled => [Deadlines.Clear(logged, Reminder)],
        NoShowRecorded => [Deadlines.Clear(logged, Reminder)],
        SessionStopped => [Deadlines.Clear(logged, Reconnect), Deadlines.Clear(logged, Fallback), Deadlines.Clear(logged, Reminder)],
        WelfareCheckDue e => [Deadlines.Set(logged, Welfare, e.DueAt)],
        WelfareCheckDone => [Deadlines.Clear(logged, Welfare)],
        MessageSent e => [Deadlines.Set(logged, Gap, e.GapAt)],
        ThreadClosed => [Deadlines.Clear(logged, Gap)],
        _ => []
    });

    /// <summary>A session that is near already was announced when it was booked.</summary>
    private static NpgsqlBatchCommand Remind(LoggedEvent logged, DateTimeOffset startsAt) =>
        startsAt - BookSessionAggregateHandler.RemindAhead is var due && due > logged.Event.Timestamp
            ? Deadlines.Set(logged, Reminder, due)
            : Deadlines.Clear(logged, Reminder);
}

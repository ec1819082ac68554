using Clinic.EventLog;
using Clinic.Session.Domain;

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
        SessionScheduled e => [Deadlines.Set(logged, Reminder, e.StartsAt - BookSessionAggregateHandler.RemindAhead)],
        SessionRescheduled e => [Deadlines.Set(logged, Reminder, e.StartsAt - BookSessionAggregateHandler.RemindAhead)],
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
}

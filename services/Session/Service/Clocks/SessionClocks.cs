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
    public const string ConsentEnds = "consent-ends";

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
        ConsentNoted e => [ConsentEnd(logged, e)],
        _ => []
    });

    /// <summary>A withdrawal that holds at once was carried out when it was noted; one that lies ahead is carried out then.</summary>
    private static NpgsqlBatchCommand ConsentEnd(LoggedEvent logged, ConsentNoted e) =>
        e.WithdrawnFrom is { } from && from > logged.Event.Timestamp
            ? Deadlines.Set(logged, $"{ConsentEnds}/{e.DirectiveId}", from)
            : Deadlines.Clear(logged, $"{ConsentEnds}/{e.DirectiveId}");

    /// <summary>A session that is near already was announced when it was booked.</summary>
    private static NpgsqlBatchCommand Remind(LoggedEvent logged, DateTimeOffset startsAt) =>
        startsAt - BookSessionAggregateHandler.RemindAhead is var due && due > logged.Event.Timestamp
            ? Deadlines.Set(logged, Reminder, due)
            : Deadlines.Clear(logged, Reminder);
}

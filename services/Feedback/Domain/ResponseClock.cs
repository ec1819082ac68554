using Clinic.Contracts;
using Clinic.Contracts.Notifications;

namespace Clinic.Feedback.Domain;

/// <summary>A client's message waits for a person's answer.</summary>
public sealed record ResponseDueSet(string ThreadId, string MessageId, string ClientId, DateTimeOffset SentAt, DateTimeOffset DueAt)
{
    /// <summary>A message's id is unique within its conversation only.</summary>
    internal string Cause => $"{ThreadId}/{MessageId}";
}

/// <summary>It has not come in time.</summary>
/// <param name="NextAt">When it goes to a supervisor; null when it has.</param>
public sealed record ResponseOverdue(string ThreadId, string MessageId, string ClientId, DateTimeOffset DueAt, int Level, DateTimeOffset? NextAt = null);

/// <summary>A person has answered.</summary>
public sealed record ResponseMet(string ThreadId, string MessageId, string ClientId, int Hours, bool InTime);

/// <summary>The clock of one conversation: it runs from the oldest message of the client that nobody has answered.</summary>
/// <param name="NextAt">When something is due; null while nothing waits.</param>
public sealed record ResponseClock(string Id, string ThreadId, ResponseDueSet? Waiting, int Level, DateTimeOffset? NextAt)
{
    public long Version { get; init; }

    public static string StreamId(string threadId) => $"thread-{threadId}";

    public static ResponseClock Create(ResponseDueSet e) => new(StreamId(e.ThreadId), e.ThreadId, e, 0, e.DueAt);

    public ResponseClock Apply(ResponseDueSet e) => this with { Waiting = e, Level = 0, NextAt = e.DueAt };

    public ResponseClock Apply(ResponseOverdue e) => this with { Level = e.Level, NextAt = e.NextAt };

    public ResponseClock Apply(ResponseMet e) => this with { Waiting = null, Level = 0, NextAt = null };
}

/// <summary>Internal: session said that a message was sent.</summary>
/// <param name="ByPerson">A person wrote it, not a machine.</param>
/// <param name="AutoReply">The channel is one where people expect to be watched over: they are told that nobody does.</param>
public sealed record NoteMessage(
    string ClientId, string ThreadId, string MessageId, bool FromClient, bool ByPerson, bool AutoReply, DateTimeOffset SentAt, string? TimeZone = null);

/// <summary>What the clock is set by.</summary>
public sealed record ClockFacts(Actor By, FeedbackPolicy Policy, ClientCourse? Course);

public static class NoteMessageAggregateHandler
{
    public static object[] Handle(NoteMessage command, ResponseClock? state, ClockFacts facts, DateTimeOffset now)
    {
        if (command.FromClient) return state?.Waiting is null ? Begin(command, facts) : [];
        if (!command.ByPerson || state?.Waiting is not { } waiting || command.SentAt < waiting.SentAt) return [];
        return
        [
            new ResponseMet(waiting.ThreadId, waiting.MessageId, waiting.ClientId,
                (int)(command.SentAt - waiting.SentAt).TotalHours, command.SentAt <= waiting.DueAt)
        ];
    }

    private static object[] Begin(NoteMessage command, ClockFacts facts)
    {
        var policy = facts.Policy;
        var zone = facts.Course?.Preference?.TimeZone ?? command.TimeZone ?? facts.Course?.Supporter?.TimeZone ?? policy.TimeZone;
        var dueAt = WorkingTime.After(command.SentAt, policy.ResponseWorkingDays, zone, policy.Holidays);
        var due = new ResponseDueSet(command.ThreadId, command.MessageId, command.ClientId, command.SentAt, dueAt);
        if (!command.AutoReply) return [due];
        var steps = new CourseSteps(command.ClientId, facts.Course);
        Notices.ToClient(steps, NotificationTemplates.NotMonitored, due.Cause, dueAt,
            policy.ResponseWorkingDays.ToString(System.Globalization.CultureInfo.InvariantCulture), evenUnasked: true);
        return [due, .. steps.Events];
    }
}

/// <summary>Internal: the time for an answer has come.</summary>
public sealed record NoteOverdue(string ThreadId);

public static class NoteOverdueAggregateHandler
{
    public static object[] Handle(NoteOverdue command, ResponseClock? state, ClockFacts facts, DateTimeOffset now)
    {
        if (state is not { Waiting: { } waiting, NextAt: { } next } || now < next) return [];
        var policy = facts.Policy;
        if (state.Level == 0)
        {
            var nextAt = WorkingTime.After(now, policy.ResponseEscalationDays, policy.TimeZone, policy.Holidays);
            var supporter = facts.Course?.SupporterId is { Length: > 0 } id ? "staff:" + id : Notices.Supervisors;
            return
            [
                new ResponseOverdue(waiting.ThreadId, waiting.MessageId, waiting.ClientId, waiting.DueAt, 1, nextAt),
                Notices.ToStaff(supporter, NotificationChannels.Push, NotificationTemplates.AnswerLate, waiting.Cause, waiting.ClientId, nextAt)
            ];
        }
        return
        [
            new ResponseOverdue(waiting.ThreadId, waiting.MessageId, waiting.ClientId, waiting.DueAt, 2),
            .. SupervisionRequests.Of(waiting.ClientId, SupervisionTriggers.ResponseOverdue, waiting.MessageId, policy.ReviewDue(now), waiting.Cause)
        ];
    }
}

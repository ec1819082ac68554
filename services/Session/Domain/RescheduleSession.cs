using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class RescheduleSessionValidator : AbstractValidator<RescheduleSession>
{
    public RescheduleSessionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.StartsAt).Must(at => at.Year is >= 2000 and < 2200).WithMessage("must be between 2000 and 2200");
        RuleFor(c => c.PlannedMinutes).InclusiveBetween(5, 480);
        RuleFor(c => c.By).MustBeParty();
    }
}

public static class RescheduleSessionAggregateHandler
{
    public static object[] Handle(
        RescheduleSession command, TherapySession? state, BookingFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(command.By);
        var session = state.Known();
        if (session.Status != SessionStatus.Scheduled)
            throw new RuleViolation("session_closed", "Only a session that has not begun can be moved.", "sessionId");
        if ((command.StartsAt, command.PlannedMinutes) == (session.StartsAt, session.PlannedMinutes)) return [];
        if (command.StartsAt < now)
            throw new RuleViolation("starts_in_past", "A session is moved to a time that is to come.", "startsAt");
        if (command.StartsAt > now.AddDays(366))
            throw new RuleViolation("starts_too_far_ahead", "At most 366 days ahead.", "startsAt");
        BookSessionAggregateHandler.MustHold(session.Modality, session.PlatformId, command.StartsAt, facts, now);

        return
        [
            new SessionRescheduled(
                session.SessionId, session.ClientId, session.PractitionerId, command.StartsAt, command.PlannedMinutes,
                session.TimeZone, command.By),
            .. session.Reminder is { } reminder
                ? [new ReminderCancelled(session.SessionId, session.ClientId, reminder)]
                : Array.Empty<object>(),
            .. session.HeldFor is null && command.StartsAt - now < BookSessionAggregateHandler.RemindAhead
                ? [BookSessionAggregateHandler.ReminderOf(session.SessionId, session.ClientId, command.StartsAt)]
                : Array.Empty<object>(),
            new ForStream(
                ClientCare.StreamId(session.ClientId), typeof(ClientCare),
                new SessionRelisted(
                    session.ClientId, session.SessionId, session.Modality, command.StartsAt, session.PlatformId))
        ];
    }
}

/// <summary>Internal: the time has come to remind the client.</summary>
public sealed record SendReminder(string SessionId);

public static class SendReminderAggregateHandler
{
    public static object[] Handle(SendReminder command, TherapySession? state, Actor by, DateTimeOffset now) =>
        // Whether a session that is held will take place nobody knows yet.
        state is { Status: SessionStatus.Scheduled, Reminder: null, HeldFor: null } && state.StartsAt > now
        && state.StartsAt - now <= BookSessionAggregateHandler.RemindAhead
            ? [BookSessionAggregateHandler.ReminderOf(state.SessionId, state.ClientId, state.StartsAt)]
            : [];
}

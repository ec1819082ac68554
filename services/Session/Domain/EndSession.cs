using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class EndSessionValidator : AbstractValidator<EndSession>
{
    public EndSessionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.ActualMinutes).InclusiveBetween(0, 1440);
        RuleFor(c => c.Attendance).MustBeOneOf([EndSession.Attended, EndSession.Partial]);
        RuleFor(c => c.EndReason).MustBeCode();
    }
}

public static class EndSessionAggregateHandler
{
    public static object[] Handle(EndSession command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem))
            throw new RuleViolation("role_not_permitted", "A session is ended by clinic staff; a client stops it.");
        state = state.Known();

        var ended = new SessionEnded(
            state.SessionId, state.ClientId, command.ActualMinutes, command.Attendance, command.EndReason);
        return state.Status switch
        {
            SessionStatus.InProgress or SessionStatus.Interrupted => [ended, .. Leaving.After(state, "ended")],
            SessionStatus.Ended when state.Ended == ended => [],
            SessionStatus.Scheduled =>
                throw new RuleViolation("session_not_in_progress", "Only a session in progress can end.", "sessionId"),
            _ => throw new RuleViolation("session_closed", "The session is over or was called off.", "sessionId")
        };
    }
}

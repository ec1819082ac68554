using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class StopSessionValidator : AbstractValidator<StopSession>
{
    public StopSessionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.By).MustBeOneOf([Parties.Client, Parties.Practitioner]);
        RuleFor(c => c.Reason).MaximumLength(1000);
    }
}

public static class StopSessionAggregateHandler
{
    public static object[] Handle(StopSession command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not
            (Roles.Client or Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem)
            || (command.By == Parties.Practitioner && by.Role is Roles.Client))
            throw new RuleViolation("role_not_permitted", "This actor cannot stop in that party's name.", "by");
        state = state.Known();

        if (state.Status != SessionStatus.Scheduled && !state.IsOngoing)
            // The client wanted it over, and it is; a client's stop is never refused (domain rule 2.3.2).
            return command.By == Parties.Client || state.Status == SessionStatus.Stopped
                ? []
                : throw new RuleViolation("session_closed", "The session is over or was called off.", "sessionId");
        if (command.By == Parties.Practitioner && state.Status == SessionStatus.Scheduled)
            throw new RuleViolation(
                "session_not_in_progress", "A session that has not started is cancelled.", "sessionId");

        var status = command.By == Parties.Client ? SessionStopped.ByClient : SessionStopped.ForSafety;
        return
        [
            new SessionStopped(state.SessionId, state.ClientId, command.By, status, command.Reason),
            .. Leaving.After(state, "stopped")
        ];
    }
}

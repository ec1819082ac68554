using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class CancelSessionValidator : AbstractValidator<CancelSession>
{
    public CancelSessionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.By).MustBeOneOf([Parties.Client, Parties.Practitioner, Parties.ConsentWithdrawn]);
        RuleFor(c => c.Reason).MaximumLength(1000);
    }
}

public static class CancelSessionAggregateHandler
{
    public static object[] Handle(CancelSession command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        var permitted = command.By switch
        {
            // Nobody may claim that a client withdrew consent; that comes from the consent service.
            Parties.ConsentWithdrawn => by.Role is Roles.Service,
            Parties.Practitioner => by.Role is
                Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem,
            _ => by.Role is Roles.Client or
                Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem
        };
        if (!permitted)
            throw new RuleViolation("role_not_permitted", "This actor cannot cancel in that party's name.", "by");
        if (state is null)
            throw new RuleViolation("session_unknown", "There is no such session.", "sessionId");

        return state.Status switch
        {
            SessionStatus.Scheduled =>
            [
                new SessionCancelled(
                    state.SessionId, state.ClientId, command.By, NoticeHours(state.StartsAt, now), command.Reason),
                .. Leaving.After(state, "cancelled")
            ],
            SessionStatus.Cancelled => [],
            SessionStatus.InProgress or SessionStatus.Interrupted =>
                throw new RuleViolation("session_in_progress", "It has begun, so it is stopped or ended.", "sessionId"),
            _ => throw new RuleViolation("session_closed", "The session is over.", "sessionId")
        };
    }

    internal static int NoticeHours(DateTimeOffset startsAt, DateTimeOffset now) =>
        Math.Max(0, (int)(startsAt - now).TotalHours);
}

using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class MarkNoShowValidator : AbstractValidator<MarkNoShow>
{
    public MarkNoShowValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Party).MustBeParty();
    }
}

/// <summary>What decides on who was lost from sight.</summary>
public sealed record AbsenceFacts(Actor By, ClientCare? Care, SessionPolicy Policy);

public static class MarkNoShowAggregateHandler
{
    public static object[] Handle(MarkNoShow command, TherapySession? state, AbsenceFacts facts, DateTimeOffset now)
    {
        // A client may say that the practitioner did not come, and nothing else.
        if (!facts.By.IsStaff() && !(facts.By.Role is Roles.Client && command.Party == Parties.Practitioner))
            throw new RuleViolation("role_not_permitted", "This actor cannot say who did not come.", "party");
        var session = state.Known();
        if (session.NoShow?.Party == command.Party) return [];
        if (session.Status != SessionStatus.Scheduled)
            throw new RuleViolation("session_closed", "The session began, or was called off.", "sessionId");
        var grace = facts.Policy.NoShowGrace;
        if (now < session.StartsAt + grace)
            throw new RuleViolation(
                "grace_not_over", $"Until {(int)grace.TotalMinutes} minutes after its start somebody may still come.",
                "sessionId");

        // Domain rule 2.3.5: who did not come although at risk is asked how they are.
        var followUp = command.Party == Parties.Client && facts.Care?.IsAtRisk is true
            ? now + facts.Policy.WelfareCheckWithin
            : (DateTimeOffset?)null;
        return
        [
            new NoShowRecorded(
                session.SessionId, session.ClientId, command.Party, (int)grace.TotalMinutes, followUp),
            .. followUp is { } due
                ? [new WelfareCheckDue(session.SessionId, session.ClientId, WelfareCheckDue.NoShow, due)]
                : Array.Empty<object>(),
            .. Leaving.After(session, "no-show")
        ];
    }
}

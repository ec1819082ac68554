using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class RecordWelfareCheckValidator : AbstractValidator<RecordWelfareCheck>
{
    public RecordWelfareCheckValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Outcome).MustBeCode();
    }
}

/// <param name="Identified">The command has an identity, so a repeat of it never comes here.</param>
public sealed record WelfareFacts(Actor By, bool Identified);

public static class RecordWelfareCheckAggregateHandler
{
    public static object[] Handle(RecordWelfareCheck command, TherapySession? state, WelfareFacts facts, DateTimeOffset now)
    {
        var by = facts.By;
        by.MustBeStaff();
        var session = state.Known();
        if (session.Welfare is null)
            throw new RuleViolation("no_welfare_check_due", "Nobody was lost from sight in this session.", "sessionId");

        // Tried in vain is recorded as often as it was tried; without an identity it cannot be told from the same try sent again.
        var done = new WelfareCheckDone(session.SessionId, session.ClientId, command.Outcome, by.Id);
        return session.WelfareTried == done && !facts.Identified ? [] : [done];
    }
}

/// <summary>Internal: the time to ask how the client is, is over.</summary>
public sealed record MissWelfareCheck(string SessionId);

public static class MissWelfareCheckAggregateHandler
{
    public static object[] Handle(MissWelfareCheck command, TherapySession? state, Actor by, DateTimeOffset now) =>
        state is { Welfare: { } welfare, WelfareSettled: false } && now >= welfare.DueAt
            ? [new WelfareCheckMissed(state.SessionId, state.ClientId, welfare.DueAt)]
            : [];
}

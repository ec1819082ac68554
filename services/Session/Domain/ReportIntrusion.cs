using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class ReportIntrusionValidator : AbstractValidator<ReportIntrusion>
{
    public ReportIntrusionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Kind).MustBeCode();
    }
}

public static class ReportIntrusionAggregateHandler
{
    public static object[] Handle(
        ReportIntrusion command, TherapySession? state, RecorderFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(Parties.Client);
        var session = state.Ongoing();
        // Until somebody has looked and unlocked it, the same report again is the same report.
        if (Array.Exists(session.Intrusions, known => (known.Kind, known.ReportedBy) == (command.Kind, facts.By.Id))) return [];
        return
        [
            new UnauthorisedParticipantDetected(session.SessionId, session.ClientId, command.Kind, now, facts.By.Id),
            .. Recorder.Off(facts.Running, RecordingStopped.Intrusion, session.Id),
            .. session.Locked ? Array.Empty<object>() : [new SessionLocked(session.SessionId, session.ClientId)]
        ];
    }
}

public sealed class UnlockSessionValidator : AbstractValidator<UnlockSession>
{
    public UnlockSessionValidator() => RuleFor(c => c.SessionId).MustBeId();
}

public static class UnlockSessionAggregateHandler
{
    public static object[] Handle(UnlockSession command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        by.MustBeStaff();
        var session = state.Known();
        return session.Locked ? [new SessionUnlocked(session.SessionId, session.ClientId, by.Id)] : [];
    }
}

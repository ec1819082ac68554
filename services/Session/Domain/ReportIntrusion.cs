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
    public static object[] Handle(ReportIntrusion command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(Parties.Client);
        var session = state.Ongoing();
        return
        [
            new UnauthorisedParticipantDetected(session.SessionId, session.ClientId, command.Kind, now, by.Id),
            .. session.Recording
                ? [new RecordingStopped(session.SessionId, session.ClientId, RecordingStopped.Intrusion)]
                : Array.Empty<object>(),
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

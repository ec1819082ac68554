using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class ReportDisruptionValidator : AbstractValidator<ReportDisruption>
{
    public ReportDisruptionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Kind).MustBeOneOf(DisruptionKinds.All);
        RuleFor(c => c.Party).MustBeParty();
    }
}

public static class ReportDisruptionAggregateHandler
{
    public static object[] Handle(
        ReportDisruption command, TherapySession? state, AbsenceFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(command.Party);
        var session = state.Ongoing();
        // P9: both parties report the same interruption, and each of them perhaps twice.
        if (session.Disruption?.Reported.Contains(command.Party) is true) return [];
        var since = session.Disruption?.Since ?? now;
        return
        [
            new DisruptionRecorded(
                session.SessionId, session.ClientId, session.Disruption?.Number ?? session.Disruptions + 1, command.Kind,
                command.Party, now, since + facts.Policy.ReconnectWithin)
        ];
    }
}

public sealed class ReportReconnectionValidator : AbstractValidator<ReportReconnection>
{
    public ReportReconnectionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Party).MustBeParty();
    }
}

public static class ReportReconnectionAggregateHandler
{
    public static object[] Handle(ReportReconnection command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(command.Party);
        var session = state.Ongoing();
        return session.Disruption is { } open
            ?
            [
                new Reconnected(
                    session.SessionId, session.ClientId, open.Number, (int)Math.Max(0, (now - open.Since).TotalSeconds))
            ]
            : [];
    }
}

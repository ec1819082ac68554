using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

/// <summary>Somebody was misunderstood.</summary>
[Subject("clientId")]
public sealed record MisinterpretationReported(
    string ConcernId, string ClientId, string ReportedBy, Personal<string> Description, string? MessageId = null, string? SessionId = null);

/// <summary>A boundary or confidentiality is at risk.</summary>
[Subject("clientId")]
public sealed record BoundaryConcernRaised(
    string ConcernId, string ClientId, string RaisedBy, Personal<string> Description, string? MessageId = null, string? SessionId = null);

/// <summary>It was put right.</summary>
[Subject("clientId")]
public sealed record ConcernRepaired(string ConcernId, string ClientId, string RepairedBy, Personal<string> Action);

/// <summary>One concern about how people talk to each other here. The message it is about is never touched.</summary>
/// <param name="About">The message or session, whichever it is.</param>
public sealed record CommunicationConcern(string Id, string ConcernId, string ClientId, bool IsBoundary, string? About, Personal<string> Description)
{
    public long Version { get; init; }
    public ConcernRepaired? Repair { get; init; }

    public static string StreamId(string concernId) => $"concern-{concernId}";

    public static CommunicationConcern Create(MisinterpretationReported e) =>
        new(StreamId(e.ConcernId), e.ConcernId, e.ClientId, false, e.MessageId ?? e.SessionId, e.Description);

    public static CommunicationConcern Create(BoundaryConcernRaised e) =>
        new(StreamId(e.ConcernId), e.ConcernId, e.ClientId, true, e.MessageId ?? e.SessionId, e.Description);

    public CommunicationConcern Apply(ConcernRepaired e) => this with { Repair = e };
}

public sealed class ReportMisinterpretationValidator : AbstractValidator<ReportMisinterpretation>
{
    public ReportMisinterpretationValidator()
    {
        RuleFor(c => c.ConcernId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Description).MustBeText();
        RuleFor(c => c.MessageId).MayBeId();
        RuleFor(c => c.SessionId).MayBeId();
        RuleFor(c => c.SessionId).Must((c, session) => session is null != (c.MessageId is null)).WithMessage("name either the message or the session");
    }
}

public static class ReportMisinterpretationAggregateHandler
{
    public static object[] Handle(ReportMisinterpretation command, CommunicationConcern? state, Actor by, DateTimeOffset now)
    {
        if (state is not null)
            return !state.IsBoundary && state.ClientId == command.ClientId && state.Description == (Personal<string>)command.Description
                ? []
                : throw new RuleViolation("concern_exists", "Another concern has this id.", "concernId");
        return [new MisinterpretationReported(command.ConcernId, command.ClientId, by.Id, command.Description, command.MessageId, command.SessionId)];
    }
}

public sealed class RaiseBoundaryConcernValidator : AbstractValidator<RaiseBoundaryConcern>
{
    public RaiseBoundaryConcernValidator()
    {
        RuleFor(c => c.ConcernId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Description).MustBeText();
        RuleFor(c => c.MessageId).MayBeId();
        RuleFor(c => c.SessionId).MayBeId();
    }
}

public static class RaiseBoundaryConcernAggregateHandler
{
    public static object[] Handle(RaiseBoundaryConcern command, CommunicationConcern? state, CourseFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return state.IsBoundary && state.ClientId == command.ClientId && state.Description == (Personal<string>)command.Description
                ? []
                : throw new RuleViolation("concern_exists", "Another concern has this id.", "concernId");
        return
        [
            new BoundaryConcernRaised(command.ConcernId, command.ClientId, facts.By.Id, command.Description, command.MessageId, command.SessionId),
            .. SupervisionRequests.Of(command.ClientId, SupervisionTriggers.BoundaryConcern, command.ConcernId, facts.Policy.ReviewDue(now))
        ];
    }
}

public sealed class RepairConcernValidator : AbstractValidator<RepairConcern>
{
    public RepairConcernValidator()
    {
        RuleFor(c => c.ConcernId).MustBeId();
        RuleFor(c => c.Action).MustBeText();
    }
}

public static class RepairConcernAggregateHandler
{
    public static object[] Handle(RepairConcern command, CommunicationConcern? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw new RuleViolation("concern_unknown", "There is no such concern.", "concernId");
        if (by.Role != Roles.Supervisor && (state.IsBoundary || by.Role != Roles.Therapist))
            throw new RuleViolation("role_not_permitted", "A misunderstanding is put right by therapist or supervisor, a boundary by a supervisor.");
        var repaired = new ConcernRepaired(state.ConcernId, state.ClientId, by.Id, command.Action);
        if (state.Repair is { } earlier)
            return earlier == repaired ? [] : throw new RuleViolation("concern_repaired", "The concern was already dealt with otherwise.", "concernId");
        return [repaired];
    }
}

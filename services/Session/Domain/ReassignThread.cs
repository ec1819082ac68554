using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class ReassignThreadValidator : AbstractValidator<ReassignThread>
{
    public ReassignThreadValidator()
    {
        RuleFor(c => c.ThreadId).MustBeId();
        RuleFor(c => c.PractitionerId).MustBeId();
        RuleFor(c => c.ReasonCode).MustBeCode();
    }
}

public static class ReassignThreadAggregateHandler
{
    public static object[] Handle(ReassignThread command, AsyncThread? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Supervisor or Roles.ClinicSystem))
            throw new RuleViolation("role_not_permitted", "A supervisor decides who answers.");
        var thread = state.Open();
        // The same person named again answers the question who it shall be.
        return thread.PractitionerId == command.PractitionerId && thread.ReassignFor is null
            ? []
            : [new ThreadReassigned(thread.ThreadId, thread.ClientId, command.PractitionerId, command.ReasonCode)];
    }
}

public sealed class CloseThreadValidator : AbstractValidator<CloseThread>
{
    public CloseThreadValidator() => RuleFor(c => c.ThreadId).MustBeId();
}

public static class CloseThreadAggregateHandler
{
    public static object[] Handle(CloseThread command, AsyncThread? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(Parties.Client);
        var thread = state.Known();
        return thread.Status == ThreadStatus.Closed ? [] : [new ThreadClosed(thread.ThreadId, thread.ClientId, by.Id)];
    }
}

/// <summary>Internal: nobody has written for longer than was to be expected (S16).</summary>
public sealed record DetectGap(string ThreadId);

public static class DetectGapAggregateHandler
{
    public static object[] Handle(DetectGap command, AsyncThread? state, Actor by, DateTimeOffset now) =>
        // A deadline that fires late or twice finds that somebody wrote, or that it was said.
        state is { Status: not ThreadStatus.Closed, GapAt: { } at } && now >= at
            ?
            [
                new ThreadGapDetected(
                    state.ThreadId, state.ClientId,
                    state.Status == ThreadStatus.AwaitingSupporter ? ThreadGapDetected.Supporter : ThreadGapDetected.Client,
                    state.Messages[^1].SentAt)
            ]
            : [];
}

/// <summary>Internal: who answers here may not, so a supervisor must name somebody else (P7).</summary>
public sealed record FlagThread(string ThreadId, string ReasonCode);

public static class FlagThreadAggregateHandler
{
    public static object[] Handle(FlagThread command, AsyncThread? state, Actor by, DateTimeOffset now) =>
        state is { Status: not ThreadStatus.Closed, ReassignFor: null }
            ? [new ThreadReassignmentNeeded(state.ThreadId, state.ClientId, state.PractitionerId, command.ReasonCode)]
            : [];
}

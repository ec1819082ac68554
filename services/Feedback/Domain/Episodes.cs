using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class BeginEpisodeValidator : AbstractValidator<BeginEpisode>
{
    public BeginEpisodeValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.EpisodeId).MustBeId();
        RuleFor(c => c.Problem).MustBeOneOf(Problems.All);
        RuleFor(c => c.Modality).MustBeId();
    }
}

public static class BeginEpisodeAggregateHandler
{
    public static object[] Handle(BeginEpisode command, ClientCourse? state, CourseFacts facts, DateTimeOffset now)
    {
        var steps = new CourseSteps(command.ClientId, state);
        if (state?.Episode is { } open)
        {
            if ((open.EpisodeId, open.Problem, open.Modality) == (command.EpisodeId, command.Problem, command.Modality)) return [];
            // one that the first score began gets its name here
            if (open.EpisodeId == command.EpisodeId || open.Problem is null)
            {
                steps.Add(new EpisodeDescribed(command.ClientId, open.EpisodeId, command.Problem, command.Modality));
                return steps.EventsOn<ClientCourse>();
            }
            Ending.Of(steps, open, facts.Policy);
        }
        steps.Add(new EpisodeBegun(command.ClientId, command.EpisodeId, command.Problem, command.Modality));
        return steps.EventsOn<ClientCourse>();
    }
}

public sealed class EndEpisodeValidator : AbstractValidator<EndEpisode>
{
    public EndEpisodeValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.EpisodeId).MustBeId();
    }
}

public static class EndEpisodeAggregateHandler
{
    public static object[] Handle(EndEpisode command, ClientCourse? state, CourseFacts facts, DateTimeOffset now)
    {
        if (state?.Episode is not { } open || open.EpisodeId != command.EpisodeId)
            throw new RuleViolation("episode_not_open", "That episode is not open.", "episodeId");
        var steps = new CourseSteps(command.ClientId, state);
        Ending.Of(steps, open, facts.Policy);
        return steps.EventsOn<ClientCourse>();
    }
}

internal static class Ending
{
    /// <summary>An episode ends with what its measures say of it.</summary>
    public static void Of(CourseSteps steps, Episode open, FeedbackPolicy policy)
    {
        var (outcome, instruments) = EpisodeChange.Outcome(open, policy);
        steps.Add(new RecoveryAssessed(steps.ClientId, open.EpisodeId, outcome, instruments, open.Problem, open.Modality ?? steps.Now?.Supporter?.Modality));
    }
}

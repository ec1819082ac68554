using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Contracts.Notifications;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class SetFeedbackPreferenceValidator : AbstractValidator<SetFeedbackPreference>
{
    public SetFeedbackPreferenceValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Level).InclusiveBetween(0, AutomatedFeedback.MostTailoring);
        RuleFor(c => c.Channels).Must(channels => channels.Length <= NotificationChannels.All.Count && channels.Distinct().Count() == channels.Length)
            .WithMessage("must name each channel once");
        RuleForEach(c => c.Channels).MustBeOneOf([.. NotificationChannels.All]);
        RuleFor(c => c.TimeZone).MayBeTimeZone();
        RuleFor(c => c.Language!).MustBeLanguage().When(c => c.Language is not null);
        RuleFor(c => c.ContactRef).Matches(@"\A[a-z0-9][a-z0-9:._-]{0,127}\z").WithMessage("must be a reference without personal data: a-z, 0-9, ':', '.', '_' and '-'");
    }
}

public static class SetFeedbackPreferenceAggregateHandler
{
    public static object[] Handle(SetFeedbackPreference command, ClientCourse? state, Actor by, DateTimeOffset now)
    {
        var set = new FeedbackPreferenceSet(command.ClientId, command.Level, command.Channels, command.TimeZone, command.Language, command.ContactRef);
        return state?.Preference is { } known && known with { Channels = set.Channels } == set && known.Channels.SequenceEqual(set.Channels) ? [] : [set];
    }
}

using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Instruments;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class SubmitMeasureValidator : AbstractValidator<SubmitMeasure>
{
    public SubmitMeasureValidator()
    {
        RuleFor(c => c.ResponseId).MustBeId().MaximumLength(ItemNineRule.LongestResponseId);
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.RequestId).MayBeId();
        RuleFor(c => c.Instrument).MustBeOneOf([.. OutcomeMeasure.All.Select(m => m.Code)]);
        RuleFor(c => c.Version).MustBeVersion();
        RuleFor(c => c.Items).MustAnswer(c => c.Instrument);
        RuleForEach(c => c.Items).MustBeAnswerOf(c => c.Instrument);
        RuleFor(c => c.Language).MustBeLanguage();
        // A clock that runs ahead is accepted: deadlines follow the time of arrival, never the client's clock.
        RuleFor(c => c.TakenAt).Must(at => at is null || at.Value.Year is >= 2000 and < 2100)
            .WithMessage("must lie between 2000 and 2100");
    }
}

public static class SubmitMeasureAggregateHandler
{
    public static object[] Handle(SubmitMeasure command, InstrumentResponse? state, MeasureFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return Same(state.Submitted, command)
                ? []
                : throw new RuleViolation("response_exists", "Another response has this id.", "responseId");

        var submitted = new MeasureSubmitted(
            command.ResponseId, command.ClientId, command.Instrument, command.Version, command.Items,
            command.Items.Count(item => item is null), command.Language, command.TakenAt ?? now, command.RequestId);
        var score = Scoring.Of(submitted, facts.Course);
        return [submitted, Scoring.Event(submitted, score), .. MeasureEffects.Of(submitted, score, facts, null, now)];
    }

    private static bool Same(MeasureSubmitted earlier, SubmitMeasure again) =>
        // a repeat without a time of its own cannot differ in it
        earlier.Items == again.Items && earlier.TakenAt == (again.TakenAt ?? earlier.TakenAt)
        && (earlier.ClientId, earlier.Instrument, earlier.Version, earlier.Language)
            == (again.ClientId, again.Instrument, again.Version, again.Language);
}

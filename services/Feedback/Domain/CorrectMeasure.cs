using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class CorrectMeasureValidator : AbstractValidator<CorrectMeasure>
{
    public CorrectMeasureValidator()
    {
        RuleFor(c => c.ResponseId).MustBeId().MaximumLength(ItemNineRule.LongestResponseId).NotEqual(c => c.Supersedes);
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Supersedes).MustBeId();
        RuleFor(c => c.TakenAt).Must(at => at is null || at.Value.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");
    }
}

/// <summary>The corrected answers are a response of their own; what was said first stays, and no longer counts.</summary>
public static class CorrectMeasureAggregateHandler
{
    public static object[] Handle(CorrectMeasure command, InstrumentResponse? state, MeasureFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return state.Scored?.Supersedes == command.Supersedes && state.Submitted.Items == (Personal<int?[]>)command.Items
                ? []
                : throw new RuleViolation("response_exists", "Another response has this id.", "responseId");
        // somebody else's is as unknown as none
        if (facts.Corrected is not { } earlier || earlier.Submitted.ClientId != command.ClientId)
            throw new RuleViolation("response_unknown", "There is no such response.", "supersedes");
        if (earlier.SupersededBy is not null)
            throw new RuleViolation("response_superseded", "That response was already corrected; correct the one that counts.", "supersedes");

        var m = earlier.Submitted;
        Answers.MustFit(m.Instrument, command.Items);
        var submitted = new MeasureSubmitted(command.ResponseId, m.ClientId, m.Instrument, m.Version, command.Items,
            command.Items.Count(item => item is null), m.Language, command.TakenAt ?? m.TakenAt);
        var score = Scoring.Of(submitted, facts.Course);
        return
        [
            submitted,
            Scoring.Event(submitted, score, command.Supersedes),
            new MeasureCorrected(command.ResponseId, m.ClientId, command.Supersedes, facts.By.Id),
            new ForStream(InstrumentResponse.StreamId(command.Supersedes), typeof(InstrumentResponse),
                new MeasureSuperseded(command.Supersedes, m.ClientId, command.ResponseId)),
            .. MeasureEffects.Of(submitted, score, facts, earlier, now)
        ];
    }
}

internal static class Answers
{
    /// <exception cref="RuleViolation">There are too many, too few, or one is out of range: the instrument is known only from what is corrected.</exception>
    public static void MustFit(string instrument, int?[] items)
    {
        var measure = Instruments.OutcomeMeasure.Find(instrument)!;
        if (items.Length != measure.ItemCount || items.Any(item => item < measure.MinAnswer || item > measure.MaxAnswer))
            throw new RuleViolation("items_do_not_fit", $"{measure.Code} has {measure.ItemCount} answers of {measure.MinAnswer} to {measure.MaxAnswer}, or null.", "items");
    }
}

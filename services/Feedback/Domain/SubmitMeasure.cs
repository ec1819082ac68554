using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Instruments;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class SubmitMeasureValidator : AbstractValidator<SubmitMeasure>
{
    public SubmitMeasureValidator()
    {
        RuleFor(c => c.ResponseId).Must(Ids.AreValid)
            .WithMessage(Ids.Rule).MaximumLength(ItemNineRule.LongestResponseId);
        RuleFor(c => c.ClientId).Must(Ids.AreValid).WithMessage(Ids.Rule);
        RuleFor(c => c.Instrument).Must(code => code is Phq9.Code or Gad7.Code)
            .WithMessage($"must be one of: {Phq9.Code}, {Gad7.Code}");
        RuleFor(c => c.Version).Matches(@"\A[A-Za-z0-9][A-Za-z0-9.:_-]{0,31}\z")
            .WithMessage("must be a code of 1 to 32 characters without spaces");
        RuleFor(c => c.Items)
            .Must((c, items) => items.Length == (c.Instrument == Gad7.Code ? Gad7.ItemCount : Phq9.ItemCount))
            .WithMessage($"must hold {Phq9.ItemCount} answers for {Phq9.Code}, {Gad7.ItemCount} for {Gad7.Code}");
        RuleForEach(c => c.Items).Must(item => item is null or (>= 0 and <= Phq9.MaxAnswer))
            .WithMessage($"must be 0 to {Phq9.MaxAnswer}, or null");
        RuleFor(c => c.Language).Matches(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")
            .WithMessage("must be a BCP 47 language tag, for example 'fr'");
        // A clock that runs ahead is accepted: deadlines follow the time of arrival, never the client's clock.
        RuleFor(c => c.TakenAt).Must(at => at is null || at.Value.Year is >= 2000 and < 2100)
            .WithMessage("must lie between 2000 and 2100");
    }
}

public static class SubmitMeasureAggregateHandler
{
    public static object[] Handle(SubmitMeasure command, InstrumentResponse? state, Actor by, DateTimeOffset now)
    {
        if (state is not null)
            return Same(state.Submitted, command)
                ? []
                : throw new RuleViolation("response_exists", "Another response has this id.", "responseId");

        var score = command.Instrument == Phq9.Code ? Phq9.Score(command.Items) : Gad7.Score(command.Items);
        object[] scored =
        [
            new MeasureSubmitted(
                command.ResponseId, command.ClientId, command.Instrument, command.Version, command.Items,
                command.Items.Count(item => item is null), command.Language, command.TakenAt ?? now),
            new MeasureScored(
                command.ResponseId, command.ClientId, command.Instrument, score.ScorerVersion, score.Validity, score.Total,
                score.Band)
        ];
        if (command.Instrument != Phq9.Code || Phq9.ItemNine(command.Items) is not { } itemNine || itemNine < 1)
            return scored;

        var alertId = ItemNineRule.AlertId(command.ResponseId);
        var raised = new SafetyAlertRaised(
            alertId, command.ClientId, ItemNineRule.Id, command.ResponseId, ItemNineRule.DueAt(itemNine, now));
        return [.. scored, new ForStream(AlertCase.StreamId(alertId), typeof(AlertCase), raised)];
    }

    private static bool Same(MeasureSubmitted earlier, SubmitMeasure again) =>
        // a repeat without a time of its own cannot differ in it
        earlier.Items == again.Items && earlier.TakenAt == (again.TakenAt ?? earlier.TakenAt)
        && (earlier.ClientId, earlier.Instrument, earlier.Version, earlier.Language)
            == (again.ClientId, again.Instrument, again.Version, again.Language);
}

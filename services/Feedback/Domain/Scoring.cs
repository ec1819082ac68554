using Clinic.Contracts.Feedback;
using Clinic.Instruments;
using FluentValidation;

namespace Clinic.Feedback.Domain;

/// <summary>Answers to a score, by the instrument's own function.</summary>
public static class Scoring
{
    internal static InstrumentScore Of(MeasureSubmitted m, ClientCourse? course) =>
        OutcomeMeasure.Find(m.Instrument)!.Score(m.Items.Value, course?.IsAdolescent is true);

    internal static MeasureScored Event(MeasureSubmitted m, InstrumentScore score, string? supersedes = null) => new(
        m.ResponseId, m.ClientId, m.Instrument, score.ScorerVersion, score.Validity, score.Total, score.Band, score.Unit,
        score.Subscales.Count == 0 ? null : [.. score.Subscales.Select(s => new SubscaleTotal(s.Code, s.Total))], supersedes);

    /// <summary>What may be told beside the total; what the first scorers of SRS and ORS stored there are answers.</summary>
    public static SubscaleTotal[]? Told(MeasureScored e) => e.Instrument is Srs.Code or Ors.Code ? null : e.Subscales;

    internal static IRuleBuilderOptions<T, int?[]> MustAnswer<T>(this IRuleBuilder<T, int?[]> rule, Func<T, string> instrument) => rule
        .Must((c, items) => OutcomeMeasure.Find(instrument(c)) is not { } measure || items.Length == measure.ItemCount)
        .WithMessage($"must hold {string.Join(", ", OutcomeMeasure.All.Select(m => $"{m.ItemCount} answers for {m.Code}"))}");

    internal static IRuleBuilderOptions<T, int?> MustBeAnswerOf<T>(this IRuleBuilderInitialCollection<T, int?> rule, Func<T, string> instrument) => rule
        .Must((c, item) => item is null || OutcomeMeasure.Find(instrument(c)) is not { } measure || (item >= measure.MinAnswer && item <= measure.MaxAnswer))
        .WithMessage($"must be null or {string.Join(", ", OutcomeMeasure.All.Select(m => $"{m.MinAnswer} to {m.MaxAnswer} for {m.Code}"))}");

    internal static IRuleBuilderOptions<T, string> MustBeVersion<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(@"\A[A-Za-z0-9][A-Za-z0-9.:_-]{0,31}\z").WithMessage("must be a code of 1 to 32 characters without spaces");
}

using Clinic.Instruments;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Clinic.Tests.Domain.Instruments;

/// <summary>What holds for any answers a validator lets through.</summary>
public class ScoringLaws
{
    private static Arbitrary<int?[]> Any(int count, int most) =>
        Gen.Choose(-1, most).Select(answer => answer < 0 ? (int?)null : answer).ArrayOf(count).ToArbitrary();

    [Fact]
    public void phq9_scores_everything_and_stays_in_range() =>
        Prop.ForAll(Any(9, 3), items => InRange(Phq9.Score(items), items, 27)).QuickCheckThrowOnFailure();

    [Fact]
    public void gad7_scores_everything_and_stays_in_range() =>
        Prop.ForAll(Any(7, 3), items => InRange(Gad7.Score(items), items, 21)).QuickCheckThrowOnFailure();

    [Fact]
    public void cssrs_never_sinks_when_a_no_becomes_a_yes() =>
        Prop.ForAll(Any(6, 1), Gen.Choose(0, 5).ToArbitrary(), (items, question) =>
        {
            int?[] graver = [.. items];
            graver[question] = 1;
            return Rank(CSsrs.Score(graver, true)) >= Rank(CSsrs.Score(items, true));
        }).QuickCheckThrowOnFailure();

    private static bool InRange(InstrumentScore score, int?[] items, int most) => items.Count(item => item is null) switch
    {
        0 => score is { Validity: Validities.Complete, Band: not null } && score.Total == items.Sum(),
        1 or 2 => score is { Validity: Validities.Prorated, Band: not null, Total: >= 0 } && score.Total <= most,
        _ => score is { Validity: Validities.Invalid, Band: null, Total: null }
    };

    private static int Rank(InstrumentScore score) =>
        Array.IndexOf([null, CSsrs.None, CSsrs.Low, CSsrs.Moderate, CSsrs.High], score.Band);
}

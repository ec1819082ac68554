using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Instruments;

public class OtherScoring
{
    [Theory, Trait("Scenario", "T11")]
    [InlineData(31, "below-cut-off")]
    [InlineData(32, "probable-ptsd")]
    public void pcl5_is_a_case_from_32_on(int total, string band)
    {
        var score = Pcl5.Score(Spread(total, 20, 4));
        (score.Total, score.Band, score.Validity).ShouldBe((total, band, Validities.Complete));
        score.Subscales.Sum(s => s.Total).ShouldBe(total);
    }

    [Fact]
    public void pcl5_prorates_four_missing_answers_and_no_more()
    {
        int?[] items = [null, null, null, null, .. Enumerable.Repeat<int?>(2, 16)];
        var score = Pcl5.Score(items);
        (score.Total, score.Validity).ShouldBe((40, Validities.Prorated));
        score.Subscales[0].Total.ShouldBeNull();
        items[4] = null;
        Pcl5.Score(items).ShouldBe(Pcl5.Score(items) with { Total = null, Band = null, Validity = Validities.Invalid }, new SameScore());
    }

    [Fact]
    public void wai_sr_has_three_subscales_of_the_right_items()
    {
        // 1 2 10 12 task, 3 5 7 9 bond, 4 6 8 11 goal
        int?[] items = [5, 5, 1, 3, 1, 3, 1, 3, 1, 5, 3, 5];
        var score = WaiSr.Score(items);
        score.Subscales.Select(s => (s.Code, s.Total)).ShouldBe([("task", 20), ("bond", 4), ("goal", 12)]);
        (score.Total, score.Band, score.Validity).ShouldBe((36, null, Validities.Complete));
    }

    [Fact]
    public void wai_sr_forgives_one_missing_answer_in_a_subscale()
    {
        int?[] items = [null, 5, 3, 3, 3, 3, 3, 3, 3, 5, 3, 5];
        (WaiSr.Score(items).Total, WaiSr.Score(items).Validity).ShouldBe((44, Validities.Prorated));
        items[1] = null;
        (WaiSr.Score(items).Total, WaiSr.Score(items).Validity).ShouldBe((null, Validities.Invalid));
        WaiSr.Score(items).Subscales[1].Total.ShouldBe(12);
    }

    [Theory, Trait("Scenario", "T14")]
    [InlineData(359, "discuss")]
    [InlineData(360, "no-concern")]
    public void srs_is_worth_discussing_below_36(int tenths, string band)
    {
        var score = Srs.Score(Spread(tenths, 4, 100));
        (score.Total, score.Unit, score.Band).ShouldBe((tenths, Units.Tenths, band));
    }

    [Theory]
    [InlineData(249, false, "clinical")]
    [InlineData(250, false, "non-clinical")]
    [InlineData(279, true, "clinical")]
    [InlineData(280, true, "non-clinical")]
    public void ors_has_a_cut_off_for_adults_and_one_for_adolescents(int tenths, bool adolescent, string band) =>
        Ors.Score(Spread(tenths, 4, 100), adolescent).Band.ShouldBe(band);

    [Fact, Trait("Scenario", "T58")]
    public void a_mark_on_a_line_is_an_answer_and_no_part_of_the_score()
    {
        // what is reported beside the total leaves in clear, and each line is one item
        Srs.Score([90, 80, 70, 60]).Subscales.ShouldBeEmpty();
        Ors.Score([90, 80, 70, 60], adolescent: true).Subscales.ShouldBeEmpty();
    }

    [Fact]
    public void a_line_without_a_mark_leaves_no_total()
    {
        var score = Ors.Score([70, null, 70, 70]);
        (score.Total, score.Band, score.Validity).ShouldBe((null, null, Validities.Invalid));
    }

    [Fact]
    public void what_cannot_be_an_answer_is_refused_by_every_measure()
    {
        foreach (var measure in OutcomeMeasure.All)
        {
            int?[] least = [.. Enumerable.Repeat<int?>(measure.MinAnswer, measure.ItemCount)];
            measure.Score(least, false).Total.ShouldBe(measure.MinAnswer * measure.ItemCount, measure.Code);
            Should.Throw<ArgumentException>(() => measure.Score(least[1..], false), measure.Code);
            Should.Throw<ArgumentException>(() => measure.Score([measure.MinAnswer - 1, .. least[1..]], false), measure.Code);
            Should.Throw<ArgumentException>(() => measure.Score([measure.MaxAnswer + 1, .. least[1..]], false), measure.Code);
            measure.Score(new int?[measure.ItemCount], false).Validity.ShouldBe(Validities.Invalid, measure.Code);
        }
    }

    private static int?[] Spread(int total, int items, int most)
    {
        var answers = new int?[items];
        for (var i = 0; i < items; i++) total -= (answers[i] = Math.Min(most, total))!.Value;
        total.ShouldBe(0);
        return answers;
    }

    private sealed class SameScore : IEqualityComparer<InstrumentScore>
    {
        public bool Equals(InstrumentScore? x, InstrumentScore? y) => (x?.Total, x?.Band, x?.Validity) == (y?.Total, y?.Band, y?.Validity);

        public int GetHashCode(InstrumentScore score) => 0;
    }
}

using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Instruments;

public class Phq9Scoring
{
    [Theory, Trait("Scenario", "T11")]
    [InlineData(0, "minimal")]
    [InlineData(4, "minimal")]
    [InlineData(5, "mild")]
    [InlineData(9, "mild")]
    [InlineData(10, "moderate")]
    [InlineData(14, "moderate")]
    [InlineData(15, "moderately-severe")]
    [InlineData(19, "moderately-severe")]
    [InlineData(20, "severe")]
    [InlineData(27, "severe")]
    public void bands_change_exactly_at_their_borders(int total, string band) =>
        Phq9.Score(Answers.Adding(total, Phq9.ItemCount))
            .ShouldBe(new InstrumentScore("phq-9/1", total, band, Validities.Complete));

    [Fact, Trait("Scenario", "T8")]
    public void fourteen_with_item_nine_at_zero_is_moderate()
    {
        int?[] items = [2, 2, 2, 2, 2, 2, 1, 1, 0];

        Phq9.Score(items).ShouldBe(new InstrumentScore("phq-9/1", 14, "moderate", Validities.Complete));
        Phq9.ItemNine(items).ShouldBe(0);
    }

    [Fact, Trait("Scenario", "T9")]
    public void four_with_item_nine_at_one_is_minimal_and_item_nine_still_shows()
    {
        int?[] items = [1, 1, 1, 0, 0, 0, 0, 0, 1];

        Phq9.Score(items).ShouldBe(new InstrumentScore("phq-9/1", 4, "minimal", Validities.Complete));
        Phq9.ItemNine(items).ShouldBe(1);
    }

    [Fact, Trait("Scenario", "T10")]
    public void three_missing_answers_make_the_total_invalid_but_not_item_nine()
    {
        int?[] items = [null, null, null, 3, 3, 3, 3, 3, 2];

        Phq9.Score(items).ShouldBe(new InstrumentScore("phq-9/1", null, null, Validities.Invalid));
        Phq9.ItemNine(items).ShouldBe(2);
    }

    [Theory, Trait("Scenario", "T12")]
    [InlineData(18, 12, true)]
    [InlineData(18, 13, false)]
    [InlineData(12, 18, true)]
    public void six_points_are_a_reliable_change(int earlier, int later, bool reliable) =>
        Phq9.IsReliableChange(earlier, later).ShouldBe(reliable);

    [Fact]
    public void one_missing_answer_is_prorated_and_rounded_half_up()
    {
        // 4 over eight answers: 4.5 over nine, so 5 and mild
        int?[] items = [1, 1, 1, 1, 0, 0, 0, 0, null];

        Phq9.Score(items).ShouldBe(new InstrumentScore("phq-9/1", 5, "mild", Validities.Prorated));
        Phq9.ItemNine(items).ShouldBeNull();
    }

    [Fact]
    public void two_missing_answers_are_prorated_and_rounded_down_below_a_half()
    {
        // 11 over seven answers: 14.14 over nine
        int?[] items = [null, null, 2, 2, 2, 2, 1, 1, 1];

        Phq9.Score(items).ShouldBe(new InstrumentScore("phq-9/1", 14, "moderate", Validities.Prorated));
    }

    [Fact]
    public void a_wrong_number_of_answers_or_an_answer_out_of_range_is_no_questionnaire()
    {
        Should.Throw<ArgumentException>(() => Phq9.Score([0, 0, 0, 0, 0, 0, 0, 0]));
        Should.Throw<ArgumentException>(() => Phq9.Score([0, 0, 0, 0, 0, 0, 0, 0, 4]));
        Should.Throw<ArgumentException>(() => Phq9.Score([-1, 0, 0, 0, 0, 0, 0, 0, 0]));
    }
}

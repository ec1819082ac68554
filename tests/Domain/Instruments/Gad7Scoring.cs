using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Instruments;

public class Gad7Scoring
{
    [Theory]
    [InlineData(0, "minimal")]
    [InlineData(4, "minimal")]
    [InlineData(5, "mild")]
    [InlineData(9, "mild")]
    [InlineData(10, "moderate")]
    [InlineData(14, "moderate")]
    [InlineData(15, "severe")]
    [InlineData(21, "severe")]
    public void bands_change_exactly_at_their_borders(int total, string band) =>
        Gad7.Score(Answers.Adding(total, Gad7.ItemCount))
            .ShouldBe(new InstrumentScore("gad-7/1", total, band, Validities.Complete));

    [Theory]
    [InlineData(12, 8, true)]
    [InlineData(12, 9, false)]
    public void four_points_are_a_reliable_change(int earlier, int later, bool reliable) =>
        Gad7.IsReliableChange(earlier, later).ShouldBe(reliable);

    [Fact]
    public void two_missing_answers_are_prorated()
    {
        // 7 over five answers: 9.8 over seven
        Gad7.Score([null, null, 2, 2, 1, 1, 1])
            .ShouldBe(new InstrumentScore("gad-7/1", 10, "moderate", Validities.Prorated));
    }

    [Fact]
    public void three_missing_answers_make_the_total_invalid() =>
        Gad7.Score([null, null, null, 3, 3, 3, 3])
            .ShouldBe(new InstrumentScore("gad-7/1", null, null, Validities.Invalid));

    [Fact]
    public void a_wrong_number_of_answers_or_an_answer_out_of_range_is_no_questionnaire()
    {
        Should.Throw<ArgumentException>(() => Gad7.Score([0, 0, 0, 0, 0, 0]));
        Should.Throw<ArgumentException>(() => Gad7.Score([0, 0, 0, 0, 0, 0, 4]));
    }
}

using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Instruments;

public class CSsrsScoring
{
    // Questions 1 to 6 as typed on a form: y, n, or - where not asked. The last column: question 6 in the past three months.
    [Theory]
    [InlineData("nn---n", null, "none")]
    [InlineData("yn---n", null, "low")]
    [InlineData("nynnnn", null, "low")]
    [InlineData("yyynnn", null, "moderate")]
    [InlineData("nn---y", false, "moderate")]
    [InlineData("yyyynn", null, "high")]
    [InlineData("yyynyn", null, "high")]
    [InlineData("yynnyn", null, "high")]
    [InlineData("yyynny", true, "high")]
    public void the_band_follows_the_gravest_yes(string questions, bool? pastThreeMonths, string band) =>
        Score(questions, pastThreeMonths).ShouldBe(new InstrumentScore("c-ssrs/1", null, band, Validities.Complete));

    [Fact, Trait("Scenario", "T13")]
    public void no_to_question_two_and_behaviour_last_month_is_high() =>
        Score("nn---y", true).ShouldBe(new InstrumentScore("c-ssrs/1", null, "high", Validities.Complete));

    [Fact]
    public void behaviour_at_an_unknown_time_counts_as_recent() => Score("nn---y", null).Band.ShouldBe("high");

    [Theory]
    [InlineData("------", null)]
    [InlineData("n----n", null)]
    [InlineData("nn----", null)]
    [InlineData("yy---n", "low")]
    [InlineData("yyynn-", "moderate")]
    [InlineData("---y--", "high")]
    public void an_unfinished_screen_says_the_least_its_answers_allow(string questions, string? band) =>
        Score(questions, null).ShouldBe(new InstrumentScore("c-ssrs/1", null, band, Validities.Incomplete));

    [Fact]
    public void a_yes_counts_even_where_it_should_not_have_been_asked() => Score("nn-y-n", null).Band.ShouldBe("high");

    [Fact]
    public void anything_but_six_yes_or_no_answers_is_no_screen()
    {
        Should.Throw<ArgumentException>(() => CSsrs.Score([0, 0, 0, 0, 0], null));
        Should.Throw<ArgumentException>(() => CSsrs.Score([0, 0, 0, 0, 0, 2], null));
    }

    private static InstrumentScore Score(string questions, bool? pastThreeMonths) =>
        CSsrs.Score([.. questions.Select(answer => answer switch { 'y' => (int?)1, 'n' => 0, _ => null })], pastThreeMonths);
}

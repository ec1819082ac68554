using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Instruments;

public class ReliableChanges
{
    [Theory, Trait("Scenario", "T12")]
    [InlineData("phq-9", 6, 5)]
    [InlineData("gad-7", 4, 3)]
    [InlineData("pcl-5", 10, 9)]
    [InlineData("ors", 50, 49)]
    public void each_measure_has_its_own_threshold(string code, int reliable, int noise)
    {
        var rule = OutcomeMeasure.Find(code)!.Change!;
        foreach (var sign in new[] { 1, -1 })
        {
            rule.IsReliable(sign * reliable).ShouldBeTrue();
            rule.IsReliable(sign * noise).ShouldBeFalse();
        }
    }

    [Fact]
    public void jacobson_and_truax_agree_with_the_formula()
    {
        foreach (var (deviation, reliability) in new[] { (5.4m, 0.84m), (4.9m, 0.87m), (12m, 0.95m), (6.1m, 0m) })
        {
            var rule = ChangeRule.JacobsonTruax("x", deviation, reliability);
            for (var delta = -40; delta <= 40; delta++)
            {
                var index = delta / ((double)deviation * Math.Sqrt(2) * Math.Sqrt(1 - (double)reliability));
                rule.IsReliable(delta).ShouldBe(Math.Abs(index) > 1.96, $"{delta} at {deviation}, {reliability}: {index}");
            }
        }
        rule_names_its_figures();

        static void rule_names_its_figures() => ChangeRule.JacobsonTruax("phq-9", 5.4m, 0.84m).Id.ShouldBe("phq-9/jacobson-truax-sd5.4-r0.84");
    }

    [Fact]
    public void figures_that_cannot_be_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ChangeRule.JacobsonTruax("x", 0, 0.8m));
        Should.Throw<ArgumentOutOfRangeException>(() => ChangeRule.JacobsonTruax("x", 5, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => ChangeRule.JacobsonTruax("x", 5, -0.1m));
    }

    [Fact]
    public void which_direction_is_better_depends_on_the_measure()
    {
        var six = ChangeRule.Fixed("x", 6);
        (Changes.Of(six, -6, true), Changes.Of(six, 6, true), Changes.Of(six, 5, true)).ShouldBe(("improved", "deteriorated", "none"));
        (Changes.Of(six, -6, false), Changes.Of(six, 6, false)).ShouldBe(("deteriorated", "improved"));
    }

    [Theory]
    [InlineData("reliably-recovered", "case-well-improved", "case-well-none")]
    [InlineData("recovered", "case-well-none", "well-well-none")]
    [InlineData("recovered", "case-well-improved", "well-well-deteriorated")]
    [InlineData("reliably-improved", "case-well-improved", "case-case-none")]
    [InlineData("no-reliable-change", "case-case-improved", "case-case-deteriorated")]
    [InlineData("no-reliable-change", "case-case-none")]
    [InlineData("reliably-deteriorated", "well-case-deteriorated")]
    [InlineData("not-a-case", "well-well-improved")]
    [InlineData("not-measured")]
    public void recovery_is_judged_over_all_measures(string outcome, params string[] pairs) => Recovery.Of([.. pairs.Select(pair => pair.Split('-'))
        .Select(p => new MeasuredPair(p[0] == "case", p[1] == "case", p[2]))]).ShouldBe(outcome);
}

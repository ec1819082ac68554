using System.Globalization;
using Clinic.Feedback.Domain;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

public class TheItemNineRule
{
    [Theory]
    [InlineData(1, "2026-03-02T08:00:00Z", "2026-03-02T17:00:00Z")] // Monday morning
    [InlineData(1, "2026-03-02T16:00:00Z", "2026-03-02T17:00:00Z")]
    [InlineData(1, "2026-03-02T16:59:00Z", "2026-03-02T17:59:00Z")] // never less time than the graver answer gets
    [InlineData(1, "2026-03-02T17:00:00Z", "2026-03-03T01:00:00Z")] // the working day is over
    [InlineData(1, "2026-03-07T10:00:00Z", "2026-03-07T18:00:00Z")] // Saturday
    [InlineData(1, "2026-03-08T23:30:00Z", "2026-03-09T07:30:00Z")] // Sunday night
    [InlineData(2, "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z")]
    [InlineData(3, "2026-03-07T10:00:00Z", "2026-03-07T11:00:00Z")]
    public void a_human_acts_the_same_working_day_or_within_the_hour(int itemNine, string now, string dueAt) =>
        ItemNineRule.DueAt(itemNine, At(now), new FeedbackPolicy()).ShouldBe(At(dueAt));

    [Fact]
    public void the_working_day_is_the_clinics_own()
    {
        var sydney = new FeedbackPolicy { TimeZone = "Australia/Sydney", Holidays = [new DateOnly(2026, 3, 3)] };
        // 15:00 on a Monday there
        ItemNineRule.DueAt(1, At("2026-03-02T04:00:00Z"), sydney).ShouldBe(At("2026-03-02T06:00:00Z"));
        // a holiday there
        ItemNineRule.DueAt(1, At("2026-03-03T04:00:00Z"), sydney).ShouldBe(At("2026-03-03T12:00:00Z"));
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}

namespace Clinic.Feedback.Domain;

/// <summary>PHQ-9 item 9 of 1 or more raises an alert, regardless of the total or of missing items.</summary>
public static class ItemNineRule
{
    public const string Id = "phq-9-item-9";

    // Alert ids are ids like any other, at most 64 characters, and end in the rule's.
    internal const int LongestResponseId = 48;

    // domain.md 2.4 [P]: item 9 = 1 same working day, 2 or more within the hour.
    // To be confirmed by the clinic's safety owner.
    private static readonly TimeSpan Urgent = TimeSpan.FromHours(1);
    private static readonly TimeSpan OutOfHours = TimeSpan.FromHours(8);
    private static readonly TimeSpan WorkingDayEnds = TimeSpan.FromHours(17);

    /// <summary>One case per response and rule, however often the response arrives.</summary>
    public static string AlertId(string responseId) => $"{responseId}-{Id}";

    /// <summary>When a human must have acted on an answer that arrives now, whenever the client gave it.</summary>
    public static DateTimeOffset DueAt(int itemNine, DateTimeOffset now)
    {
        var soonest = now + Urgent;
        if (itemNine >= 2) return soonest;

        var endOfDay = new DateTimeOffset(now.UtcDateTime.Date + WorkingDayEnds, TimeSpan.Zero);
        var isWorkingDay = now.UtcDateTime.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        // At night and at weekends there is no working day to be the same; a risk does not wait for Monday.
        if (!isWorkingDay || now >= endOfDay) return now + OutOfHours;
        return endOfDay > soonest ? endOfDay : soonest;
    }
}

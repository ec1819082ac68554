namespace Clinic.Feedback.Domain;

/// <summary>PHQ-9 item 9 of 1 or more raises an alert, regardless of the total or of missing items.</summary>
public static class ItemNineRule
{
    public const string Id = "phq-9-item-9";

    // as promised to senders when ids of alerts were still made by adding to it
    internal const int LongestResponseId = 48;

    /// <summary>One case per response and rule, however often the response arrives.</summary>
    public static string AlertId(string responseId) => Stable.Id('a', responseId, Id);

    /// <summary>
    /// When a human must have acted on an answer that arrives now, whenever the client gave it: 1 on the same working day, 2 or more
    /// within the hour.
    /// </summary>
    public static DateTimeOffset DueAt(int itemNine, DateTimeOffset now, FeedbackPolicy policy)
    {
        var soonest = now + policy.UrgentAlert;
        if (itemNine >= 2) return soonest;

        // At night and at weekends there is no working day to be the same; a risk does not wait for Monday.
        if (WorkingTime.EndOfDay(now, policy.WorkingDayEnds, policy.TimeZone, policy.Holidays) is not { } endOfDay)
            return now + policy.OutOfHoursAlert;
        return endOfDay > soonest ? endOfDay : soonest;
    }
}

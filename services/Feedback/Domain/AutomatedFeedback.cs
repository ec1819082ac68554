using Clinic.Contracts;
using Clinic.Contracts.Notifications;

namespace Clinic.Feedback.Domain;

/// <summary>
/// Feedback that a rule set makes from scores (S6, S7). What it says are codes; the words are the application's. It never speaks
/// while a safety alert is open: then the client gets crisis information, and a human is asked to write instead.
/// </summary>
public static class AutomatedFeedback
{
    public const string Ruleset = "outcome-feedback";

    /// <summary>Changes whenever the same scores could be answered otherwise.</summary>
    public const int RulesetVersion = 1;

    public const int MostTailoring = 3;
    private const int Default = 1;

    /// <summary>Of what is said about an answer without being asked.</summary>
    public static string FeedbackId(string responseId) => Stable.Id('f', responseId, Ruleset);

    /// <param name="change">Class of the change, null for a first score.</param>
    internal static void Decide(
        CourseSteps steps, string feedbackId, string responseId, string instrument, string? band, string? change, FeedbackPolicy policy, DateTimeOffset now)
    {
        var tailoring = steps.Now?.Preference?.Level ?? Default;
        if (steps.Now?.SafetyAlerts is { Length: > 0 } open)
        {
            steps.Add(For(feedbackId, new FeedbackSuppressed(feedbackId, steps.ClientId, FeedbackItem.SafetyAlertOpen, [.. open.Select(a => a.AlertId)])));
            Notices.Crisis(steps, feedbackId, now);
            return;
        }
        if (steps.Now?.Paused is true)
        {
            steps.Add(For(feedbackId, new FeedbackSuppressed(feedbackId, steps.ClientId, FeedbackItem.ClientStopped, [])));
            return;
        }
        steps.Add(For(feedbackId, new AutomatedFeedbackGenerated(feedbackId, steps.ClientId, Ruleset, RulesetVersion, tailoring, [responseId],
            Messages(tailoring, instrument, band, change, steps.Now?.Episode?.Problem), tailoring >= policy.ReviewedTailoring)));
        if (tailoring < policy.ReviewedTailoring)
            Notices.ToClient(steps, NotificationTemplates.SomethingNew, feedbackId, now.AddDays(3));
    }

    private static string[] Messages(int tailoring, string instrument, string? band, string? change, string? problem)
    {
        var says = new List<string> { "answers-received" };
        if (tailoring >= 1 && band is not null) says.Add($"{instrument}-{band}");
        if (tailoring >= 2 && change is not null) says.Add($"change-{change}");
        if (tailoring >= 3 && problem is not null) says.Add($"focus-{problem}");
        return [.. says];
    }

    private static ForStream For(string feedbackId, object e) => new(FeedbackItem.StreamId(feedbackId), typeof(FeedbackItem), e);
}

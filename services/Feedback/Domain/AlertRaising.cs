using Clinic.Contracts;
using Clinic.Contracts.Notifications;

namespace Clinic.Feedback.Domain;

/// <summary>Opens alert cases, notes them in the client's course, and tells who must know.</summary>
internal static class AlertRaising
{
    public static void Safety(CourseSteps steps, SafetyAlertRaised e, RosterFacts facts, DateTimeOffset now)
    {
        steps.Add(new ForStream(AlertCase.StreamId(e.AlertId), typeof(AlertCase), e));
        steps.Add(new AlertOpened(e.ClientId, e.AlertId, AlertKinds.Safety, e.RuleId, e.ResponseId));
        TellSupporter(steps, e.AlertId, now);
        steps.Add(Notices.ToStaff(facts.OnCall(1, now), NotificationChannels.Phone, NotificationTemplates.AlertWaiting, $"{e.AlertId}/raised", e.ClientId, e.DueAt));
    }

    /// <summary>Worse than at the beginning: the therapist knows at once, and supervision is asked to look (P10).</summary>
    public static void Deterioration(CourseSteps steps, ChangeAssessed change, FeedbackPolicy policy, DateTimeOffset now)
    {
        var alertId = DeteriorationRule.AlertId(change.ResponseId);
        var dueAt = policy.ReviewDue(now);
        steps.Add(new ForStream(AlertCase.StreamId(alertId), typeof(AlertCase), new DeteriorationAlertRaised(
            alertId, change.ClientId, change.ResponseId, change.BaselineId, change.Instrument, change.Delta, dueAt)));
        steps.Add(new AlertOpened(change.ClientId, alertId, AlertKinds.Deterioration, DeteriorationRule.Id, change.ResponseId, change.Instrument));
        TellSupporter(steps, alertId, now);
        SupervisionRequests.Add(steps, SupervisionTriggers.Deterioration, alertId, dueAt);
    }

    public static void Alliance(CourseSteps steps, CountedScore score, string rule, FeedbackPolicy policy, DateTimeOffset now)
    {
        var alertId = AllianceRules.AlertId(score.ResponseId, rule);
        var dueAt = policy.ReviewDue(now);
        steps.Add(new ForStream(AlertCase.StreamId(alertId), typeof(AlertCase), new AllianceAlertRaised(
            alertId, steps.ClientId, rule, score.ResponseId, score.Instrument, dueAt)));
        steps.Add(new AlertOpened(steps.ClientId, alertId, AlertKinds.Alliance, rule, score.ResponseId, score.Instrument));
        TellSupporter(steps, alertId, now);
    }

    /// <summary>What an alert rested on was corrected.</summary>
    public static void Retract(CourseSteps steps, OpenAlert alert, string correctedBy)
    {
        steps.Add(new ForStream(AlertCase.StreamId(alert.AlertId), typeof(AlertCase), new AlertRetracted(alert.AlertId, steps.ClientId, correctedBy)));
        steps.Add(new AlertClosed(steps.ClientId, alert.AlertId));
    }

    private static void TellSupporter(CourseSteps steps, string alertId, DateTimeOffset now)
    {
        if (steps.Now?.SupporterId is { Length: > 0 } supporter)
            steps.Add(Notices.ToStaff("staff:" + supporter, NotificationChannels.Push, NotificationTemplates.AlertWaiting, $"{alertId}/raised", steps.ClientId, now.AddDays(1)));
    }
}

/// <summary>Who is on call, from the months that may say so.</summary>
public sealed record RosterFacts(OnCallRoster?[] Rosters)
{
    /// <summary>Whom to tell at a level of the chain: who is on duty, else whoever the clinic's address book knows for such hours.</summary>
    internal string OnCall(int level, DateTimeOffset at) => OnDuty(level, at) is { } id ? "staff:" + id : Notices.AnybodyOnCall;

    internal string? OnDuty(int level, DateTimeOffset at) => OnCallRoster.OnDuty(Rosters, level, at);
}

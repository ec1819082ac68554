using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Public = Clinic.Contracts.Feedback;
using Outside = Clinic.Contracts.Notifications;

namespace Clinic.Feedback.Service.Publishing;

/// <summary>Stored event to public contract. Item answers, and what anybody wrote, stay inside.</summary>
internal static class FeedbackPublication
{
    public static object? Of(StoredEvent stored) => stored.Data switch
    {
        MeasureScored e => new Public.MeasureScored(
            e.ClientId, e.ResponseId, e.Instrument, e.ScorerVersion, e.Validity, e.Total, e.Band, e.Unit, Scoring.Told(e), e.Supersedes),
        MeasureRequested e => new Public.MeasureRequested(e.ClientId, e.RequestId, e.Instrument, e.MeasureVersion, e.DueAt),
        MeasureCorrected e => new Public.MeasureCorrected(e.ClientId, e.ResponseId, e.Supersedes),
        ChangeAssessed e => new Public.ChangeAssessed(e.ClientId, e.ResponseId, e.BaselineId, e.Instrument, e.EpisodeId, e.Delta, e.Class, e.Rule),
        EpisodeBegun e => new Public.EpisodeBegun(e.ClientId, e.EpisodeId, e.Problem, e.Modality),
        RecoveryAssessed e => new Public.RecoveryAssessed(e.ClientId, e.EpisodeId, e.Outcome, e.Problem, e.Modality),
        FeedbackPreferenceSet e => new Public.FeedbackPreferenceSet(e.ClientId, e.Level, e.Channels, e.TimeZone),

        SafetyAlertRaised e => new Public.SafetyAlertRaised(e.ClientId, e.AlertId, e.RuleId, e.ResponseId, e.DueAt),
        DeteriorationAlertRaised e => new Public.DeteriorationAlertRaised(e.ClientId, e.AlertId, e.ResponseId, e.BaselineId, e.Instrument, e.Delta, e.DueAt),
        AllianceAlertRaised e => new Public.AllianceAlertRaised(e.ClientId, e.AlertId, e.RuleId, e.ResponseId, e.Instrument, e.DueAt),
        AlertAcknowledged e => new Public.AlertAcknowledged(e.ClientId, e.AlertId, e.AcknowledgedBy),
        AlertEscalated e => new Public.AlertEscalated(e.ClientId, e.AlertId, e.Level, e.NextAt, e.PractitionerId),
        AlertResolved { Kind: null or AlertKinds.Safety } e => new Public.SafetyAlertResolved(e.ClientId, e.AlertId, e.ResolvedBy),
        AlertResolved e => new Public.AlertResolved(e.ClientId, e.AlertId, e.ResolvedBy),
        AlertRetracted e => new Public.AlertRetracted(e.ClientId, e.AlertId, e.CorrectedBy),

        AutomatedFeedbackGenerated e => new Public.AutomatedFeedbackGenerated(
            e.ClientId, e.FeedbackId, e.RulesetId, e.RulesetVersion, e.Tailoring, e.InputIds, e.Messages),
        FeedbackSuppressed e => new Public.FeedbackSuppressed(e.ClientId, e.FeedbackId, e.ReasonCode, e.AlertIds),
        HumanFeedbackGiven e => new Public.HumanFeedbackGiven(e.ClientId, e.FeedbackId, e.AuthorId, e.AuthorRole, e.InReplyTo),
        FeedbackReviewed e => new Public.FeedbackReviewed(e.ClientId, e.FeedbackId, e.ReviewedBy, e.Released),
        FeedbackDelivered e => new Public.FeedbackDelivered(e.ClientId, e.FeedbackId, e.Channel),
        FeedbackViewed e => new Public.FeedbackViewed(e.ClientId, e.FeedbackId),

        ResponseDueSet e => new Public.ResponseDueSet(e.ClientId, e.ThreadId, e.MessageId, e.DueAt),
        ResponseOverdue e => new Public.ResponseOverdue(e.ClientId, e.ThreadId, e.MessageId, e.DueAt, e.Level),
        ResponseMet e => new Public.ResponseMet(e.ClientId, e.ThreadId, e.MessageId, e.Hours, e.InTime),

        MisinterpretationReported e => new Public.MisinterpretationReported(e.ClientId, e.ConcernId, e.ReportedBy, e.MessageId, e.SessionId),
        BoundaryConcernRaised e => new Public.BoundaryConcernRaised(e.ClientId, e.ConcernId, e.RaisedBy, e.MessageId, e.SessionId),
        ConcernRepaired e => new Public.ConcernRepaired(e.ClientId, e.ConcernId, e.RepairedBy),
        SupervisionReviewRequested e => new Public.SupervisionReviewRequested(e.ClientId, e.ReviewId, e.Trigger, e.SourceId, e.DueAt),
        SupervisionReviewCompleted e => new Public.SupervisionReviewCompleted(e.ClientId, e.ReviewId, e.Reviewer, e.Outcome),
        OnCallAssigned e => new Public.OnCallAssigned(e.DutyId, e.PractitionerId, e.Level, e.From, e.To),
        OnCallWithdrawn e => new Public.OnCallWithdrawn(e.DutyId),

        NotificationRequested e => new Outside.NotificationRequested(
            e.NotificationId, e.Recipient, e.Channel, e.Template, e.Language, e.NotAfter, e.ClientId, e.CauseId, e.Argument),
        NotificationCancelled e => new Outside.NotificationCancelled(e.NotificationId, e.ReasonCode, e.ClientId),
        NotificationDelivered e => new Outside.NotificationDelivered(e.NotificationId, e.Channel, e.DeliveredAt, e.ClientId),
        NotificationFailed e => new Outside.NotificationFailed(e.NotificationId, e.Channel, e.ReasonCode, e.ClientId),
        _ => null
    };
}

using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Public = Clinic.Contracts.Feedback;

namespace Clinic.Feedback.Service.Publishing;

/// <summary>Stored event to public contract. Item answers and what a clinician wrote stay inside.</summary>
internal static class FeedbackPublication
{
    public static object? Of(StoredEvent stored) => stored.Data switch
    {
        MeasureScored e => new Public.MeasureScored(e.ClientId, e.ResponseId, e.Instrument, e.ScorerVersion, e.Validity, e.Total, e.Band),
        SafetyAlertRaised e => new Public.SafetyAlertRaised(e.ClientId, e.AlertId, e.RuleId, e.ResponseId, e.DueAt),
        AlertResolved e => new Public.SafetyAlertResolved(e.ClientId, e.AlertId, e.ResolvedBy),
        _ => null
    };
}

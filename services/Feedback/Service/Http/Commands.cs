using Clinic.Contracts.Feedback;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Http;

internal static class Commands
{
    public static void Map(IEndpointRouteBuilder app, Handling handle)
    {
        app.MapCommand<SubmitMeasure>(handle.SubmitMeasure);
        app.MapCommand<CorrectMeasure>(handle.CorrectMeasure);
        app.MapCommand<RequestMeasure>(handle.RequestMeasure);
        app.MapCommand<BeginEpisode>(handle.BeginEpisode);
        app.MapCommand<EndEpisode>(handle.EndEpisode);
        app.MapCommand<SetFeedbackPreference>(handle.SetFeedbackPreference);
        app.MapCommand<RaiseAlert>(handle.RaiseAlert);
        app.MapCommand<AcknowledgeAlert>(handle.AcknowledgeAlert);
        app.MapCommand<ResolveAlert>(handle.ResolveAlert);
        app.MapCommand<GenerateFeedback>(handle.GenerateFeedback);
        app.MapCommand<GiveFeedback>(handle.GiveFeedback);
        app.MapCommand<ReviewFeedback>(handle.ReviewFeedback);
        app.MapCommand<MarkFeedbackViewed>(handle.MarkFeedbackViewed);
        app.MapCommand<ReportMisinterpretation>(handle.ReportMisinterpretation);
        app.MapCommand<RaiseBoundaryConcern>(handle.RaiseBoundaryConcern);
        app.MapCommand<RepairConcern>(handle.RepairConcern);
        app.MapCommand<RequestSupervision>(handle.RequestSupervision);
        app.MapCommand<CompleteSupervision>(handle.CompleteSupervision);
        app.MapCommand<AssignOnCall>(handle.AssignOnCall);
        app.MapCommand<WithdrawOnCall>(handle.WithdrawOnCall);
        app.MapCommand<ReportNotificationDelivered>(handle.ReportNotificationDelivered);
        app.MapCommand<ReportNotificationFailed>(handle.ReportNotificationFailed);
    }
}

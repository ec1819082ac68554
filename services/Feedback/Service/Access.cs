using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Feedback.Domain;
using Clinic.Hosting.Access;

namespace Clinic.Feedback.Service;

/// <summary>Who may do what here. What may raise an alert is taken even while nobody can say who treats whom.</summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Command<SubmitMeasure>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<CorrectMeasure>(Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<RequestMeasure>(Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<BeginEpisode>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<EndEpisode>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<SetFeedbackPreference>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),

        Allow.Command<RaiseAlert>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<AcknowledgeAlert>(Roles.Therapist, Roles.Supervisor).OnClientOf<AlertCase>(a => a.ClientId),
        Allow.Command<ResolveAlert>(Roles.Therapist, Roles.Supervisor).OnClientOf<AlertCase>(a => a.ClientId),

        Allow.Command<GenerateFeedback>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        // a peer supporter writes to whom they meet
        Allow.Command<GiveFeedback>(Roles.Therapist, Roles.Supervisor, Roles.PeerSupporter).OnClientOf<ClientCourse>(c => c.ClientId, c => c.SupporterId),
        Allow.Command<ReviewFeedback>(Roles.Therapist, Roles.Supervisor).OnClientOf<FeedbackItem>(i => i.ClientId),
        Allow.Command<MarkFeedbackViewed>(Roles.Client).OnClientOf<FeedbackItem>(i => i.ClientId),

        Allow.Command<ReportMisinterpretation>(Roles.Client, Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<RaiseBoundaryConcern>(Roles.Client, Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<RepairConcern>(Roles.Therapist, Roles.Supervisor).OnClientOf<CommunicationConcern>(c => c.ClientId),
        Allow.Command<RequestSupervision>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<CompleteSupervision>(Roles.Supervisor).OnClientOf<SupervisionReview>(r => r.Requested.ClientId),

        Allow.Command<AssignOnCall>(Roles.Supervisor, Roles.Operator, Roles.ClinicSystem),
        Allow.Command<WithdrawOnCall>(Roles.Supervisor, Roles.Operator, Roles.ClinicSystem),
        Allow.Command<ReportNotificationDelivered>(Roles.ClinicSystem),
        Allow.Command<ReportNotificationFailed>(Roles.ClinicSystem),

        Allow.Read("scores", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("alliance", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        // single answers: for who answered and who treats them
        Allow.Read("fhir-questionnaire-responses", Roles.Client, Roles.Therapist, Roles.Supervisor),
        Allow.Read("measure-requests", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("feedback", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("alerts", Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("concerns", Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.List("alert-board", Roles.Supervisor, Roles.Operator),
        Allow.List("answers-due", Roles.Supervisor, Roles.Operator),
        Allow.List("supervision", Roles.Supervisor),
        Allow.List("feedback-queue", Roles.Supervisor),
        Allow.List("recovery", Roles.Supervisor, Roles.Operator, Roles.Auditor),
        Allow.Route("on-call", Roles.Therapist, Roles.Supervisor, Roles.Operator),
        Allow.Route("crisis-numbers", Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem, Roles.Auditor, Roles.Operator),
        Allow.Released("released-measures"));
}

using Clinic.Contracts.Intake;
using Clinic.Feedback.Domain;
using Clinic.Feedback.Service;
using Clinic.Feedback.Service.Amqp;
using Clinic.Feedback.Service.Http;
using Clinic.Feedback.Service.Publishing;
using Clinic.Feedback.Service.Reactions;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States: [typeof(InstrumentResponse), typeof(AlertCase)],
    Publication: FeedbackPublication.Of,
    Views: [Scores.View, AlertBoard.View],
    Reactions: [new Reactions("intake").FollowAccess(Handling.Service).On<ErasureRequested>(WhenErasureRequested.React)],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: "intake"), null, app =>
{
    Commands.Map(app);
    Queries.Map(app);
});

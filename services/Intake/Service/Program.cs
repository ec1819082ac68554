using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Intake.Service;
using Clinic.Intake.Service.Amqp;
using Clinic.Intake.Service.Http;
using Clinic.Intake.Service.Publishing;
using Clinic.Intake.Service.Reactions;
using Clinic.Intake.Service.Views;
using Clinic.Messaging;

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States: [typeof(Referral), typeof(Client), typeof(Practitioner), typeof(Subject), typeof(TherapistOfRecord)],
    Publication: IntakePublication.Of,
    Views: [Worklist.View, SafetyCard.View],
    Reactions: [new Reactions("feedback").On<Clinic.Contracts.Feedback.SafetyAlertRaised>(WhenSafetyAlertRaised.React)],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: null), null, app =>
{
    Commands.Map(app);
    Queries.Map(app);
});

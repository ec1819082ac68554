using Clinic.Contracts;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Intake.Service;
using Clinic.Intake.Service.Amqp;
using Clinic.Intake.Service.Http;
using Clinic.Intake.Service.Publishing;
using Clinic.Intake.Service.Reactions;
using Clinic.Intake.Service.Views;
using Clinic.Messaging;

var service = new ClinicService(
    Handling.Service,
    States: [typeof(Referral), typeof(Client), typeof(Practitioner), typeof(Subject), typeof(TherapistOfRecord), typeof(ClientErasure), typeof(RetentionPolicy)],
    Publication: IntakePublication.Of,
    Views: [Worklist.View, SafetyCard.View, OwnKeys.View],
    Reactions:
    [
        new Reactions("feedback").On<Clinic.Contracts.Feedback.SafetyAlertRaised>(WhenSafetyAlertRaised.React).On<KeysDestroyed>(WhenKeysDestroyed.React),
        new Reactions("consent").On<KeysDestroyed>(WhenKeysDestroyed.React),
        new Reactions("session").On<KeysDestroyed>(WhenKeysDestroyed.React)
    ],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: null,
    Deadlines: OwnKeys.Handlers);

if (args is ["retention", ..]) return await Retention.Run(args[1..], service);
return await ClinicHost.Run(args, service, null, app =>
{
    Commands.Map(app);
    Queries.Map(app);
});

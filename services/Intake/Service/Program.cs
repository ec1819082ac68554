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
    States: [typeof(Referral), typeof(ReferralQuestion), typeof(Client), typeof(Practitioner), typeof(Subject), typeof(TherapistOfRecord), typeof(ClientErasure), typeof(ClientDisclosures), typeof(RetentionPolicy)],
    Publication: IntakePublication.Of,
    Views: [Worklist.View, SafetyCard.View, Clinic.Intake.Service.Views.Directory.View, CrisisBoard.View, Equity.View, CrisisDeadlines.View, OwnKeys.View],
    Reactions:
    [
        new Reactions("feedback").On<Clinic.Contracts.Feedback.SafetyAlertRaised>(WhenSafetyAlertRaised.React).On<KeysDestroyed>(WhenKeysDestroyed.React),
        new Reactions("consent").On<KeysDestroyed>(WhenKeysDestroyed.React).On<Clinic.Contracts.Consent.DisclosureMade>(WhenDisclosureMade.React).On<Clinic.Contracts.Consent.ConsentRefused>(WhenConsentRefused.React),
        new Reactions("session").On<KeysDestroyed>(WhenKeysDestroyed.React).On<Clinic.Contracts.Session.RiskEventRaised>(WhenRiskEventRaised.React)
    ],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: null,
    Deadlines: services => [.. OwnKeys.Handlers(services), CrisisDeadlines.Handler(services)]);

if (args is ["retention", ..]) return await Retention.Run(args[1..], service);
return await ClinicHost.Run(args, service, builder => builder.Services.AddSingleton(services =>
    new ReleaseVerifier(services.GetRequiredService<ServiceSettings>().SecretFile("release-public.pem"), Handling.Service)), app =>
{
    var policy = app.Configuration.GetSection("Intake").Get<IntakePolicy>() ?? new IntakePolicy();
    Commands.Map(app, policy);
    Queries.Map(app);
    PractitionerQueries.Map(app, policy);
    ClientQueries.Map(app, app.Configuration);
    FhirRoutes.Map(app);
    ReleasedContent.Map(app);
});

using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;
using Clinic.Session.Domain;
using Clinic.Session.Service;
using Clinic.Session.Service.Amqp;
using Clinic.Session.Service.Http;
using Clinic.Session.Service.Publishing;
using Clinic.Session.Service.Reactions;
using Clinic.Session.Service.Views;

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States: [typeof(TherapySession), typeof(ClientCare)],
    Publication: SessionPublication.Of,
    Views: [Calendar.View],
    Reactions:
    [
        new Reactions("consent")
            .On<ConsentGranted>(WhenConsentChanges.Granted)
            .On<ConsentRefused>(WhenConsentChanges.Refused)
            .On<ConsentWithdrawn>(WhenConsentChanges.Withdrawn),
        new Reactions("intake")
            .FollowAccess(Handling.Service)
            .On<SuitabilityDecided>(WhenIntakeDecides.Suitability)
            .On<EmergencyPlanRecorded>(WhenIntakeDecides.EmergencyPlan)
            .On<CrisisActivated>(WhenIntakeDecides.Crisis)
            .On<ErasureRequested>(WhenErasureRequested.React)
    ],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: "intake"),
    builder => builder.Services.AddSingleton(services =>
        new ReleaseVerifier(services.GetRequiredService<ServiceSettings>().SecretFile("release-public.pem"), Handling.Service)),
    app =>
    {
        Commands.Map(app);
        Queries.Map(app);
        ReleasedContent.Map(app);
    });

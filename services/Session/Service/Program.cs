using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;
using Clinic.Session.Domain;
using Clinic.Session.Service;
using Clinic.Session.Service.Amqp;
using Clinic.Session.Service.Clocks;
using Clinic.Session.Service.Http;
using Clinic.Session.Service.Publishing;
using Clinic.Session.Service.Reactions;
using Clinic.Session.Service.Views;

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States:
    [
        typeof(TherapySession), typeof(ClientCare), typeof(PractitionerDay), typeof(SessionGroup), typeof(Licences), typeof(Platform),
        typeof(AsyncThread), typeof(ForumGroup), typeof(ClinicalNote), typeof(SelfGuidedCourse), typeof(CrisisContact), typeof(RiskReport),
        typeof(ContactTime)
    ],
    Publication: SessionPublication.Of,
    Views: Joined.Views,
    Reactions:
    [
        new Reactions("consent")
            .On<ConsentGranted>(WhenConsentChanges.Granted)
            .On<ConsentRefused>(WhenConsentChanges.Refused)
            .On<ConsentWithdrawn>(WhenConsentChanges.Withdrawn)
            .On<ConsentExpired>(WhenConsentChanges.Expired)
            .On<ConsentSuperseded>(WhenConsentChanges.Superseded)
            .On<ConsentEnteredInError>(WhenConsentChanges.EnteredInError),
        new Reactions("intake")
            .FollowAccess(Handling.Service)
            .On<SuitabilityDecided>(WhenIntakeDecides.Suitability)
            .On<EmergencyPlanRecorded>(WhenIntakeDecides.EmergencyPlan)
            .On<CrisisActivated>(WhenIntakeDecides.Crisis)
            .On<CrisisClosed>(WhenIntakeDecides.CrisisOver)
            .On<RiskTriaged>(WhenIntakeDecides.Risk)
            .On<IdentityProofed>(WhenIntakeDecides.Identity)
            .On<SafetyEducationAcknowledged>(WhenIntakeDecides.Education)
            .On<ClientsLinked>(WhenIntakeDecides.Linked)
            .On<ClientsUnlinked>(WhenIntakeDecides.Unlinked)
            .On<LicenceVerified>(WhenIntakeDecides.Licence)
            .On<LicenceLapsed>(WhenIntakeDecides.Lapsed)
            .On<LicenceSuspended>(WhenIntakeDecides.Suspended)
            .On<LicenceReinstated>(WhenIntakeDecides.Reinstated)
            .On<ErasureRequested>(WhenErasureRequested.React)
    ],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: "intake",
    Deadlines: services => new WhenTimeIsUp(services).Handlers),
    builder =>
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Session").Get<SessionPolicy>() ?? SessionPolicy.Default);
        builder.Services.AddSingleton<Handling>();
        builder.Services.AddSingleton(services =>
            new ReleaseVerifier(services.GetRequiredService<ServiceSettings>().SecretFile("release-public.pem"), Handling.Service));
    },
    app =>
    {
        Commands.Map(app);
        Queries.Map(app);
        ThreadQueries.Map(app);
        NoteQueries.Map(app);
        ReleasedContent.Map(app);
    });

using Clinic.Consent.Domain;
using Clinic.Consent.Service;
using Clinic.Consent.Service.Amqp;
using Clinic.Consent.Service.Disclosing;
using Clinic.Consent.Service.Http;
using Clinic.Consent.Service.Publishing;
using Clinic.Consent.Service.Reactions;
using Clinic.Consent.Service.Register;
using Clinic.Consent.Service.Timing;
using Clinic.Consent.Service.Views;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States: [typeof(ClientConsents), typeof(ConsentDocument), typeof(Disclosure), typeof(Recipient), typeof(EmergencyGroup), typeof(EmergencyAccess), typeof(Clinic.Consent.Domain.Accountings), typeof(Amendment), typeof(AccessRequest), typeof(OnwardDisclosure), typeof(RetentionTerms), typeof(StatusAnswer)],
    Publication: ConsentPublication.Of,
    Views: [Accounting.View, Decisions.View, DirectiveIndex.View, Catalogue.View, Emergencies.View, Looks.View, AccessRequests.View, WaitingRequests.View, Recipients.View],
    Reactions:
    [
        new Reactions("intake").FollowAccess(Handling.Service)
            .On<ClientRegistered>(WhenClientsChange.Registered)
            .On<ClientsLinked>(WhenClientsChange.Linked)
            .On<ClientsUnlinked>(WhenClientsChange.Unlinked)
            .On<SuitabilityDecided>(WhenSuitabilityDecided.React)
            .On<RetentionSet>(WhenRetentionIsSet.React)
            .On<ErasureRequested>(WhenErasureRequested.React)
    ],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: "intake",
    Deadlines: services =>
    [
        .. Expiring.Handlers(services), .. ProxyLapsing.Handlers(services), .. EmergencyDeadlines.Handlers(services), Flagging.Handler(services),
        Reconsenting.Handler(services), AccessDeadlines.Handler(services), .. RequestDeadlines.Handlers(services)
    ]),
    builder =>
    {
        builder.AddServiceClients(Handling.Service);
        builder.Services.AddSingleton(services =>
            new ReleaseSigner(services.GetRequiredService<ServiceSettings>().SecretFile("release-signing.pem")));
        // what is a proposed default is configured as Consent__EmergencyAccess=04:00:00 and so on
        builder.Services.AddSingleton(builder.Configuration.GetSection("Consent").Get<ConsentPolicy>() ?? new ConsentPolicy());
        builder.Services.AddSingleton(builder.Configuration.GetSection("Register").Get<RegisterSettings>() ?? []);
        builder.Services.AddSingleton<ContentOwners>().AddSingleton<ConsentCopy>().AddSingleton<Releasing>();
    },
    app =>
    {
        Commands.Map(app);
        Queries.Map(app);
        Release.Map(app);
        Emergency.Map(app);
        Clinic.Consent.Service.Http.Accountings.Map(app);
        Mine.Map(app);
        FhirRoutes.Map(app);
        RegisterRoutes.Map(app);
    });

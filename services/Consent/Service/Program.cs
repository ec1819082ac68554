using Clinic.Consent.Domain;
using Clinic.Consent.Service;
using Clinic.Consent.Service.Amqp;
using Clinic.Consent.Service.Disclosing;
using Clinic.Consent.Service.Http;
using Clinic.Consent.Service.Publishing;
using Clinic.Consent.Service.Reactions;
using Clinic.Consent.Service.Views;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States: [typeof(ClientConsents), typeof(Disclosure), typeof(Recipient)],
    Publication: ConsentPublication.Of,
    Views: [Accounting.View],
    Reactions:
    [
        new Reactions("intake").FollowAccess(Handling.Service)
            .On<SuitabilityDecided>(WhenSuitabilityDecided.React)
            .On<ErasureRequested>(WhenErasureRequested.React)
    ],
    Ingress: Ingress.Routes,
    Access: Access.Table,
    AccessOwner: "intake"),
    builder =>
    {
        builder.AddServiceClients(Handling.Service);
        builder.Services.AddSingleton(services =>
            new ReleaseSigner(services.GetRequiredService<ServiceSettings>().SecretFile("release-signing.pem")));
        builder.Services.AddSingleton<ContentOwners>().AddSingleton<Releasing>();
    },
    app =>
    {
        Commands.Map(app);
        Queries.Map(app);
        Release.Map(app);
    });

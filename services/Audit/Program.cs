using Clinic.Audit;
using Clinic.Audit.Checkpoints;
using Clinic.Audit.CrossChecking;
using Clinic.Audit.Domain;
using Clinic.Audit.Http;
using Clinic.Audit.Incidents;
using Clinic.Audit.Publishing;
using Clinic.Audit.Reactions;
using Clinic.Audit.Views;
using Clinic.Contracts.Consent;
using Clinic.EventLog.Drift;
using Clinic.Hosting;
using Clinic.Messaging;

string[] producers = ["intake", "consent", "session", "feedback"];

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States: [typeof(ProducerTrail), typeof(Incident), typeof(Finding), typeof(RestoreTest)],
    Publication: AuditPublication.Of,
    Views: [Trail.View, Register.View, Terms.View],
    Reactions:
    [
        .. producers.Select(producer => new Reactions(producer).OnEverything(WhenAnythingIsPublished.React)
            .On<EmergencyAccessReviewed>(WhenEmergencyReviewed.React))
    ],
    Ingress: _ => [],
    Access: Access.Table,
    AccessOwner: "intake",
    Deadlines: Terms.Handlers),
    builder => builder.Services.AddSingleton<CheckpointIncidents>().AddSingleton<CheckpointKeeper>().AddSingleton(CrossCheckOptions.Of(builder.Configuration)).AddSingleton<CrossCheck>().AddSingleton<IDriftRecords, OwnDrift>()
        .AddSingleton(services => new CheckpointListening(
            services.GetRequiredService<CheckpointKeeper>().Keep, services.GetRequiredService<CheckpointKeeper>().Missed,
            services.GetRequiredService<CrossCheck>().Compare, services.GetRequiredService<CrossCheck>().Wanted)),
    app =>
    {
        Commands.Map(app);
        Queries.Map(app);
        Looks.Map(app);
    });

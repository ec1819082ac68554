using Clinic.Audit;
using Clinic.Audit.Checkpoints;
using Clinic.Audit.Http;
using Clinic.Audit.Reactions;
using Clinic.Audit.Views;
using Clinic.Hosting;
using Clinic.Messaging;

string[] producers = ["intake", "consent", "session", "feedback"];

return await ClinicHost.Run(args, new ClinicService(
    "audit",
    States: [typeof(ProducerTrail)],
    // it listens; all it says itself is who looked at the trail
    Publication: _ => null,
    Views: [Trail.View],
    Reactions: [.. producers.Select(producer => new Reactions(producer).OnEverything(WhenAnythingIsPublished.React))],
    Ingress: _ => [],
    Access: Access.Table,
    AccessOwner: "intake"),
    builder => builder.Services.AddSingleton<CheckpointKeeper>()
        .AddSingleton(services => new CheckpointListening(services.GetRequiredService<CheckpointKeeper>().Keep)),
    Queries.Map);

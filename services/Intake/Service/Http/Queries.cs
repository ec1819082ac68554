using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Intake.Domain;
using Clinic.Intake.Service.Views;

namespace Clinic.Intake.Service.Http;

/// <summary>Lists for running the clinic, and the one card a clinician looks at first.</summary>
internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/worklist", async (bool? waiting, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await Worklist.Read(database, read.Lists().Tenant, waiting is true, page, ct);
            await read.RecordList(Worklist.View.Name, rows.Select(row => row.ClientId).OfType<string>(), ct);
            return TypedResults.Ok(page.Answer(http, rows, Worklist.Key));
        }).WithName("worklist").WithTags("queries");

        app.MapGet("/waits", async (ClinicalRead read, Database database, TimeProvider time, CancellationToken ct) =>
        {
            var rows = await Worklist.Waits(database, read.Lists().Tenant, time.GetUtcNow(), ct);
            await read.RecordList(Worklist.View.Name, [], ct);
            return TypedResults.Ok(rows);
        }).WithName("waits").WithTags("queries");

        app.MapGet("/crisis-board", async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await CrisisBoard.Read(database, read.Lists().Tenant, page, ct);
            await read.RecordList(CrisisBoard.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, CrisisBoard.Key));
        }).WithName("crisis-board").WithTags("queries");

        app.MapGet("/equity", async (ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await Equity.Read(database, read.Lists().Tenant, ct);
            await read.RecordList(Equity.View.Name, [], ct);
            return TypedResults.Ok(rows);
        }).WithName("equity").WithTags("queries");

        app.MapGet("/clients/{clientId}/safety-card", async Task<IResult> (string clientId, ClinicalRead read, Database database, IEventStore store, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, SafetyCard.View.Name, ct);
            var card = await SafetyCard.Read(database, actor.Tenant, clientId, ct) ?? throw new NotFoundException();
            if (card is not { DecidedBy: { } decider, DecidedAt: { } at }) return TypedResults.Ok(card);
            // a licence at an instant is a fold: one that lapsed somewhere else, or one among several, is no doubt
            var practitioner = (await store.Load<Practitioner>(actor.Tenant, Practitioner.StreamId(decider), default, ct)).State;
            return TypedResults.Ok(card with { DecisionInDoubt = practitioner?.IsLicensedAt(at) is false });
        }).WithName("safety-card").WithTags("queries").Produces<SafetyCardRow>();
    }
}

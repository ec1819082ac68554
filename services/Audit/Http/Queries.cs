using Clinic.Audit.Views;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Http;

/// <summary>The questions auditors ask. Every look at the trail is in it: a client's record as such, a list with every client it names.</summary>
internal static class Queries
{
    private const int LongestText = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/trail", async (string clientId, long? after, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Trail.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Trail.Read(database, actor.Tenant, clientId, after ?? -1, page, ct), Trail.Key));
        }).WithName("trail").WithTags("queries");

        app.MapGet("/consent-timeline", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Trail.View.Name, ct);
            var filter = new TrailFilter(ClientId: clientId, Types: ["consent.*"]);
            return TypedResults.Ok(page.Answer(http, await TrailSearch.Find(database, actor.Tenant, filter, page, ct), Trail.Key));
        }).WithName("consent-timeline").WithTags("queries").WithSummary("Everything that was agreed, refused, withdrawn and disclosed for one client, in order.");

        List(app, "/trail/practitioners/{practitionerId}", "trail-by-practitioner", "What a practitioner did, and what names them.",
            http => new TrailFilter(Practitioner: Id(http, "practitionerId")));
        List(app, "/trail/recipients/{recipientId}", "trail-by-recipient", "What was asked for, permitted, denied and sent to a recipient.",
            http => new TrailFilter(RecipientId: Id(http, "recipientId")));
        List(app, "/disclosures", "disclosure-ledger", "Every disclosure: asked for, permitted or denied, made, delivered.", _ => new TrailFilter(Types: ["consent.disclosure-*", "consent.emergency-disclosure-*"]));
        List(app, "/break-glass", "break-glass", "Every emergency access: granted, closed, reviewed.", _ => new TrailFilter(Types: ["consent.emergency-access-*"]));
        List(app, "/failed-gates", "failed-gates", "Sessions that were not allowed to start, and disclosures that were denied.",
            _ => new TrailFilter(Types: ["session.gate-evaluated.*", "consent.disclosure-denied.*"], Failed: true));
        List(app, "/erasures", "erasures", "Erasures asked for, refused, and completed by each service's keys.", _ => new TrailFilter(Types: ["intake.erasure-*", "keys.destroyed.*"]));
        List(app, "/search", "trail-search", "The trail by clientId, actor, practitionerId, recipientId, producer, type (with * at the end), from and to.", Asked);

        app.MapGet("/export", async (string? format, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            if (format is not (null or "json" or "csv")) throw new MalformedException("format", "'format' is json or csv.");
            var rows = await TrailSearch.Find(database, read.Lists().Tenant, Asked(http), page, ct);
            await read.RecordList("trail-export", rows.Select(row => row.ClientId).OfType<string>(), ct);
            page.Answer(http, rows, Trail.Key);
            if (format is null or "json") return Results.Ok(rows);
            http.Response.Headers.ContentDisposition = "attachment; filename=trail.csv";
            return Results.Text(Csv.Of(rows), "text/csv; charset=utf-8");
        }).WithName("trail-export").WithTags("queries").Produces<List<TrailRow>>().WithSummary("What the search finds, a page at a time, as json or csv. Needs a strong and recent login.");

        foreach (var (path, kind, summary) in new[]
        {
            ("/incidents", "incident", "Incidents, with assessment and terms of notices."), ("/findings", "finding", "Findings of security audits and their remediation."),
            ("/restore-tests", "restore-test", "Backups that were tried.")
        })
            app.MapGet(path, async (bool? open, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
            {
                var rows = await Register.Read(database, read.Lists().Tenant, kind, open ?? false, page, ct);
                await read.RecordList(Register.View.Name, [], ct);
                return TypedResults.Ok(page.Answer(http, rows, Register.Key));
            }).WithName(path[1..]).WithTags("queries").WithSummary(summary);

        app.MapGet("/logs", async (ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var logs = await HeardCheckpoints.Read(database, ct);
            await read.RecordList("logs", [], ct);
            return TypedResults.Ok(logs);
        }).WithName("logs").WithTags("queries").WithSummary("The last checkpoint of every service's log as it was heard here, and how far a witness has cosigned.");

        app.MapGet("/cross-check", async (ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var checks = await CrossChecks.Read(database, read.Lists().Tenant, ct);
            await read.RecordList("cross-check", [], ct);
            return TypedResults.Ok(checks);
        }).WithName("cross-check").WithTags("queries")
            .WithSummary("Whether the hash on every public event recorded here is sealed in its owner's log, how far that was compared, what is missing, and what does not agree.");
    }

    private static void List(IEndpointRouteBuilder app, string path, string name, string summary, Func<HttpContext, TrailFilter> filter) =>
        app.MapGet(path, async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await TrailSearch.Find(database, read.Lists().Tenant, filter(http), page, ct);
            // before the rows go out, and naming everybody they name
            await read.RecordList(name, rows.Select(row => row.ClientId).OfType<string>(), ct);
            return TypedResults.Ok(page.Answer(http, rows, Trail.Key));
        }).WithName(name).WithTags("queries").WithSummary(summary);

    private static TrailFilter Asked(HttpContext http)
    {
        // what is too long is refused: without its condition the answer would be of everything
        string? Text(string name) => http.Request.Query[name].ToString() is not { Length: > 0 } value ? null
            : value.Length <= LongestText ? value : throw new MalformedException(name, $"'{name}' has at most {LongestText} characters.");
        DateTimeOffset? Instant(string name) => Text(name) is not { } text ? null
            : DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
                ? at.ToUniversalTime() : throw new MalformedException(name, $"'{name}' is an instant, for example 2026-03-02T09:00:00Z.");
        return new TrailFilter(Text("clientId"), Text("actor"), Text("practitionerId"), Text("recipientId"), Text("producer"),
            Text("type") is { } type ? [type] : null, Instant("from"), Instant("to"));
    }

    private static string Id(HttpContext http, string name) => http.Request.RouteValues[name] as string is { } id && Ids.AreValid(id) ? id
        : throw new MalformedException(name, $"'{name}' {Ids.Rule}.");
}

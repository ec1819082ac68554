using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Intake.Domain;
using Clinic.Intake.Service.Views;

namespace Clinic.Intake.Service.Http;

/// <summary>Practitioners, for clients and for whoever plans care. Nobody's record is shown; that somebody looked is on record all the same.</summary>
internal static class PractitionerQueries
{
    private const int MostCandidates = 50;

    public static void Map(IEndpointRouteBuilder app, IntakePolicy policy)
    {
        app.MapGet("/practitioners", async (HttpContext http, Page page, ClinicalRead read, Database database, TimeProvider time, CancellationToken ct) =>
        {
            var rows = await Views.Directory.Read(database, read.Lists().Tenant, null, time.GetUtcNow(), page, ct);
            await read.RecordList(Views.Directory.View.Name, [], ct);
            return TypedResults.Ok(page.Answer(http, rows, Views.Directory.Key));
        }).WithName("directory").WithTags("queries");

        // T3: what a client sees of who treats them
        app.MapGet("/practitioners/{practitionerId}", async (string practitionerId, HttpContext http, Page page, ClinicalRead read, Database database, TimeProvider time, CancellationToken ct) =>
        {
            var rows = await Views.Directory.Read(database, read.Lists().Tenant, Id(practitionerId), time.GetUtcNow(), page, ct);
            if (rows.Count == 0) throw new NotFoundException();
            await read.RecordList(Views.Directory.View.Name, [], ct);
            return TypedResults.Ok(page.Answer(http, rows, Views.Directory.Key));
        }).WithName("practitioner").WithTags("queries");

        // folded on the spot: an instant of the past is no row, and knownAt says what was known then
        app.MapGet("/practitioners/{practitionerId}/eligibility", async (
            string practitionerId, string jurisdiction, DateTimeOffset? at, DateTimeOffset? knownAt, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var instant = at?.ToUniversalTime() ?? time.GetUtcNow();
            var row = await Eligible(store, read.Lists().Tenant, Id(practitionerId), Place(jurisdiction), instant, knownAt?.ToUniversalTime(), policy, ct) ?? throw new NotFoundException();
            await read.RecordList("eligibility", [], ct);
            return TypedResults.Ok(row);
        }).WithName("eligibility").WithTags("queries");

        // P8: a client elsewhere is offered a colleague who may treat them there
        app.MapGet("/eligible-practitioners", async (
            string jurisdiction, DateTimeOffset? at, HttpContext http, Page page, ClinicalRead read, Database database, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var tenant = read.Lists().Tenant;
            var instant = at?.ToUniversalTime() ?? time.GetUtcNow();
            var few = page with { Limit = Math.Min(page.Limit, MostCandidates) };
            var rows = new List<EligibilityRow>();
            foreach (var id in await Views.Directory.Candidates(database, tenant, Place(jurisdiction), few, ct))
                if (await Eligible(store, tenant, id, jurisdiction, instant, null, policy, ct) is { } row) rows.Add(row);
            await read.RecordList("eligibility", [], ct);
            return TypedResults.Ok(few.Answer(http, rows, row => [row.PractitionerId]));
        }).WithName("eligible-practitioners").WithTags("queries");
    }

    private static async Task<EligibilityRow?> Eligible(
        IEventStore store, string tenant, string id, string place, DateTimeOffset at, DateTimeOffset? knownAt, IntakePolicy policy, CancellationToken ct)
    {
        if ((await store.Load<Practitioner>(tenant, Practitioner.StreamId(id), new LoadOptions(AsOf: knownAt), ct)).State is not { } practitioner) return null;
        var eligibility = Eligibility.Of(practitioner, place, at, policy.RequiredCompetences);
        return new EligibilityRow(id, place, at, eligibility.Eligible, [.. eligibility.Reasons], eligibility.Licence?.Jurisdiction, eligibility.Licence?.CheckedAt,
            eligibility.Licence?.ExpiresAt, practitioner.Version);
    }

    private static string Id(string id) => Ids.AreValid(id) ? id : throw new MalformedException("practitionerId", $"'practitionerId' {Ids.Rule}.");

    private static string Place(string jurisdiction) => jurisdiction.Length is >= 2 and <= 6 && jurisdiction.All(c => c is >= 'A' and <= 'Z' or >= '0' and <= '9' or '-')
        ? jurisdiction
        : throw new MalformedException("jurisdiction", "'jurisdiction' must be an ISO 3166 code, for example 'GB' or 'US-CA'.");
}

/// <summary>Whether somebody may treat a client who is in a place at an instant.</summary>
/// <param name="Reasons">What speaks against it; empty when eligible.</param>
/// <param name="LicensedIn">Jurisdiction of the licence that reaches the place.</param>
/// <param name="CheckedAt">When its register was asked.</param>
/// <param name="Version">Of the practitioner's stream: what the answer rests on.</param>
internal sealed record EligibilityRow(
    string PractitionerId, string Jurisdiction, DateTimeOffset At, bool Eligible, string[] Reasons, string? LicensedIn, DateTimeOffset? CheckedAt,
    DateTimeOffset? ExpiresAt, long Version);

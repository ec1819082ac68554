using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Http;

/// <summary>For the client, in plain words: what I agreed to, who saw what and why, and all of it to take away.</summary>
internal static class Mine
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clients/{clientId}/my-consents", async Task<IResult> (
            string clientId, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, "my-consents", ct, followsLog: false);
            return TypedResults.Ok(await Consents(actor.Tenant, clientId, store, time, ct));
        }).WithName("my-consents").WithTags("client").Produces<List<PlainConsent>>();

        app.MapGet("/clients/{clientId}/who-saw", async Task<IResult> (
            string clientId, ClinicalRead read, IEventStore store, Database database, FieldEncryption fields, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Accounting.View.Name, ct);
            return TypedResults.Ok(await Sights(actor.Tenant, clientId, store, database, fields, time.GetUtcNow(), ct));
        }).WithName("who-saw").WithTags("client").Produces<List<PlainSight>>();

        // what was promised until when, and why it takes longer: 45 CFR 164.524(b)(2)(ii), 164.526(b)(2)(ii), 164.528(c)(1)(ii)
        app.MapGet("/clients/{clientId}/my-requests", async Task<IResult> (
            string clientId, ClinicalRead read, Database database, FieldEncryption fields, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, WaitingRequests.View.Name, ct);
            return TypedResults.Ok(await WaitingRequests.Of(database, fields, actor.Tenant, clientId, ct));
        }).WithName("my-requests").WithTags("client").Produces<List<OwnRequest>>();

        // GDPR 15 and 20: everything this service knows of the client's agreements, machine-readable
        app.MapGet("/clients/{clientId}/export", async Task<IResult> (
            string clientId, HttpContext http, ClinicalRead read, IEventStore store, Database database, FieldEncryption fields, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Accounting.View.Name, ct);
            var now = time.GetUtcNow();
            var consents = (await store.Load<ClientConsents>(actor.Tenant, ClientConsents.StreamId(clientId), default, ct)).State;
            var ledger = await Accountings.Known(await Accounting.ReadAll(database, fields, actor.Tenant, clientId, ct), store, database, actor.Tenant, clientId, now, ct);
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"consents-{clientId}.json\"";
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(new ConsentExport(clientId, now, EffectiveConsent.Of(clientId, consents, now),
                await Consents(actor.Tenant, clientId, store, time, ct), consents?.Restrictions ?? [], ledger,
                await Sights(actor.Tenant, clientId, store, database, fields, now, ct),
                "Psychotherapy notes are not part of this export (45 CFR 164.524(a)(1)(i)); sessions, messages, screens and measures are exported by their own services."));
        }).WithName("export").WithTags("client").Produces<ConsentExport>();
    }

    private static async Task<List<PlainConsent>> Consents(string tenant, string clientId, IEventStore store, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var consents = (await store.Load<ClientConsents>(tenant, ClientConsents.StreamId(clientId), default, ct)).State;
        return [.. (consents?.Directives ?? []).Select(d => PlainWords.Of(d, now))];
    }

    private static async Task<List<PlainSight>> Sights(
        string tenant, string clientId, IEventStore store, Database database, FieldEncryption fields, DateTimeOffset now, CancellationToken ct)
    {
        var ledger = await Accountings.Known(await Accounting.ReadAll(database, fields, tenant, clientId, ct), store, database, tenant, clientId, now, ct);
        var emergencies = await Emergencies.Informed(database, tenant, clientId, ct);
        var looks = await Looks.Read(database, tenant, clientId, ct);
        return
        [
            .. ledger.Select(row => new PlainSight(row.At, row.RecipientName, row.Description, $"For {PlainWords.Purpose(row.Purpose)}, because {PlainWords.Basis(row.LegalBasis)}.",
                    row.Through is not null ? PlainWords.Onward(row)
                    : row.Flags.Length > 0 ? "You ended or corrected this agreement with effect from before; what had left cannot be called back." : null))
                .Concat(emergencies.Select(row => new PlainSight(row.GrantedAt, row.UserId, "your record, for at most four hours", $"An emergency ({row.ReasonCode}).",
                    row.Status == Contracts.Consent.EmergencyAccessReviewed.Unjustified ? "It was reviewed and should not have happened." : "It was reviewed and was justified.")))
                // what was seen under an emergency access is told with the access, when it may be told
                .Concat(looks.Where(row => !row.What.StartsWith(Emergency.ViewPrefix, StringComparison.Ordinal))
                    .Select(row => new PlainSight(row.At, $"{row.Viewer} ({row.Role})", row.What, $"For {PlainWords.Purpose(row.Purpose)}.")))
                .OrderBy(sight => sight.At)
        ];
    }
}

/// <summary>What a client takes away.</summary>
/// <param name="NotIncluded">What is missing here, and where it is.</param>
internal sealed record ConsentExport(
    string ClientId, DateTimeOffset At, EffectiveConsent Consents, IReadOnlyList<PlainConsent> InWords, IReadOnlyList<Restriction> Restrictions,
    IReadOnlyList<AccountingRow> Disclosures, IReadOnlyList<PlainSight> WhoSaw, string NotIncluded);

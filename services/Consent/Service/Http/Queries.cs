using Clinic.Consent.Domain;
using Clinic.Consent.Service.Disclosing;
using Clinic.Consent.Service.Views;
using Clinic.Contracts.Consent;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;

namespace Clinic.Consent.Service.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // straight from the stream: what was recorded by an instant is a fold, not a table
        app.MapGet("/clients/{clientId}/consents", async Task<IResult> (
            string clientId, DateTimeOffset? asOf, DateTimeOffset? at, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, EffectiveConsent.Name, ct, followsLog: false);
            return TypedResults.Ok(await Effective(actor.Tenant, clientId, asOf, at, store, time, ct));
        }).WithName("consents").WithTags("queries").Produces<EffectiveConsent>();

        // P12: somebody who decides for the client sees what was decided as far as the authority reaches, until it ends
        app.MapGet("/proxy/clients/{clientId}/consents", async Task<IResult> (
            string clientId, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var actor = read.Lists();
            if (!Contracts.Ids.AreValid(clientId)) throw new MalformedException("clientId", $"'clientId' {Contracts.Ids.Rule}.");
            var consents = (await store.Load<ClientConsents>(actor.Tenant, ClientConsents.StreamId(clientId), new LoadOptions(Verified: true), ct)).State;
            // the authority's own end counts, whether or not anybody has recorded it by now (T47)
            var now = time.GetUtcNow();
            if (consents?.AuthorityOf(actor.Id, now) is null) throw new NotFoundException();
            await read.Record(clientId, EffectiveConsent.Name, ct, followsLog: false);
            return TypedResults.Ok(EffectiveConsent.Of(clientId, consents.SeenBy(actor.Id, now), now));
        }).WithName("consents-by-proxy").WithTags("queries").Produces<EffectiveConsent>();

        // the question a release asks, at any instant and as it was known at any instant
        app.MapGet("/clients/{clientId}/decision", async Task<IResult> (
            string clientId, string recipientId, string purpose, string[] category, DateOnly from, DateOnly to, string[]? label, DateTimeOffset? at,
            DateTimeOffset? asOf, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, "decision", ct, followsLog: false);
            var options = new LoadOptions(Verified: asOf is null, AsOf: asOf?.ToUniversalTime());
            async Task<ClientConsents?> Load(string stream) => (await store.Load<ClientConsents>(actor.Tenant, stream, options, ct)).State;
            var consents = await Load(ClientConsents.StreamId(clientId));
            var linked = await LinkedConsents.Of(consents, Load);
            // the answer tells of each of them
            foreach (var other in linked) await read.Alongside(clientId, other.ClientId, "decision", ct);
            var effective = at ?? asOf ?? time.GetUtcNow();
            var request = new Domain.DisclosureRequested("none", clientId, recipientId, purpose, "", category, from, to, LegalBases.Consent, actor.Id);
            return TypedResults.Ok(DecisionAnswer.Of(DisclosureDecision.Evaluate(consents, request, effective, linked), label ?? [], effective, asOf, consents?.Version ?? 0));
        }).WithName("decision").WithTags("queries").Produces<DecisionAnswer>();

        app.MapGet("/documents", async (ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await Catalogue.Read(database, read.Lists().Tenant, ct);
            // it names nobody, and that is on record, too
            await read.RecordList(Catalogue.View.Name, [], ct);
            return TypedResults.Ok(rows);
        }).WithName("documents").WithTags("queries");

        app.MapGet("/access-requests", async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await AccessRequests.Waiting(database, read.Lists().Tenant, page, ct);
            await read.RecordList(AccessRequests.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, AccessRequests.Key));
        }).WithName("access-requests").WithTags("queries");

        app.MapGet("/waiting-requests", async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await WaitingRequests.Read(database, read.Lists().Tenant, page, ct);
            await read.RecordList(WaitingRequests.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, WaitingRequests.Key));
        }).WithName("waiting-requests").WithTags("queries");

        app.MapGet("/expiry-calendar", async (int? days, HttpContext http, Page page, ClinicalRead read, Database database, TimeProvider time, CancellationToken ct) =>
        {
            if (days is < 1 or > 3650) throw new MalformedException("days", "'days' is 1 to 3650.");
            var rows = await DirectiveIndex.RunningOut(database, read.Lists().Tenant, time.GetUtcNow().AddDays(days ?? 30), page, ct);
            await read.RecordList(DirectiveIndex.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, DirectiveIndex.Key));
        }).WithName("expiry-calendar").WithTags("queries");
    }

    private static async Task<EffectiveConsent> Effective(
        string tenant, string clientId, DateTimeOffset? asOf, DateTimeOffset? at, IEventStore store, TimeProvider time, CancellationToken ct)
    {
        var loaded = await store.Load<ClientConsents>(tenant, ClientConsents.StreamId(clientId), new LoadOptions(AsOf: asOf?.ToUniversalTime()), ct);
        return EffectiveConsent.Of(clientId, loaded.State, at ?? asOf ?? time.GetUtcNow());
    }
}

using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // straight from the stream: what was recorded by an instant is a fold, not a table
        app.MapGet("/clients/{clientId}/consents", async Task<IResult> (
            string clientId, DateTimeOffset? asOf, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, EffectiveConsent.Name, ct, followsLog: false);
            var loaded = await store.Load<ClientConsents>(actor.Tenant, ClientConsents.StreamId(clientId), new LoadOptions(AsOf: asOf?.ToUniversalTime()), ct);
            return TypedResults.Ok(EffectiveConsent.Of(clientId, loaded.State, asOf ?? time.GetUtcNow()));
        }).WithName("consents").WithTags("queries").Produces<EffectiveConsent>();

        app.MapGet("/clients/{clientId}/accounting", async (
            string clientId, HttpContext http, Page page, ClinicalRead read, Database database, FieldEncryption fields, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Accounting.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Accounting.Read(database, fields, actor.Tenant, clientId, page, ct), Accounting.Key));
        }).WithName("accounting").WithTags("queries");
    }
}

using Clinic.Consent.Domain;
using Clinic.Consent.Service.Disclosing;
using Clinic.Consent.Service.Views;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;

namespace Clinic.Consent.Service.Http;

/// <summary>
/// What an emergency access lets its user see: any category that the client has not forbidden by name, from its owner, under a release
/// of this service; each look is recorded here and at the owner. Psychotherapy notes are not among it.
/// </summary>
internal static class Emergency
{
    internal const string ViewPrefix = "emergency-";

    private const string Purpose = "BTG";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/emergency/{accessId}/records/{category}", async Task<IResult> (
            string accessId, string category, DateOnly? from, DateOnly? to, HttpContext http, ClinicalRead read, IEventStore store, ContentOwners owners,
            TimeProvider time, CancellationToken ct) =>
        {
            if (!Ids.AreValid(accessId)) throw new MalformedException("accessId", $"'accessId' {Ids.Rule}.");
            if (http.Request.Headers["Purpose-Of-Use"] != Purpose) throw new MalformedException("Purpose-Of-Use", "'Purpose-Of-Use' must be BTG here.");
            var actor = read.Lists();
            var access = (await store.Load<EmergencyAccess>(actor.Tenant, EmergencyAccess.StreamId(accessId), new LoadOptions(Verified: true), ct)).State;
            // somebody else's access looks like none
            if (access is null || access.UserId != actor.Id) throw new NotFoundException();
            if (!access.LetsIn(actor.Id, time.GetUtcNow())) throw new RuleViolation("access_over", "This emergency access is over.", "accessId");
            owners.Demand(category);
            // the client may have forbidden something since; every look asks again
            async Task<ClientConsents?> Load(string stream) => (await store.Load<ClientConsents>(actor.Tenant, stream, new LoadOptions(Verified: true), ct)).State;
            var consents = await Load(ClientConsents.StreamId(access.ClientId));
            var (first, last) = (from ?? new DateOnly(1900, 1, 1), to ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddYears(1));
            var reach = EmergencyReach.Of([consents, .. await LinkedConsents.Of(consents, Load)], category, first, last, time.GetUtcNow());
            if (reach.Refusal is { } refusal) throw new RuleViolation("emergency_access_denied", refusal, "category");
            await read.Record(access.ClientId, ViewPrefix + category, ct, followsLog: false);
            var pulled = await owners.Pull(new SignedRelease(accessId, actor.Tenant, access.ClientId, actor.Id, Purpose, category, first, last,
                string.Join(' ', reach.Labels)), ct);
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(pulled.Items);
        }).WithName("emergency-record").WithTags("emergency");

        app.MapGet("/emergency-accesses", async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await Emergencies.Waiting(database, read.Lists().Tenant, page, ct);
            await read.RecordList(Emergencies.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, Emergencies.Key));
        }).WithName("emergency-accesses").WithTags("emergency");
    }
}

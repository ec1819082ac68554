using System.Text.Json.Nodes;
using Clinic.Consent.Domain;
using Clinic.Consent.Service.Fhir;
using Clinic.Consent.Service.Views;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;
using Ledger = Clinic.Consent.Domain.Accountings;

namespace Clinic.Consent.Service.Http;

/// <summary>What other systems read in their own words: HL7 FHIR R4 search sets of one client.</summary>
internal static class FhirRoutes
{
    private const string Json = "application/fhir+json";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clients/{clientId}/fhir/Consent", async Task<IResult> (
            string clientId, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, "fhir-consents", ct, followsLog: false);
            var consents = (await store.Load<ClientConsents>(actor.Tenant, ClientConsents.StreamId(clientId), default, ct)).State;
            return Bundle([.. (consents?.Directives ?? []).Select(d => FhirConsent.Of(clientId, d, time.GetUtcNow()))]);
        }).WithName("fhir-consents").WithTags("fhir").Produces<JsonObject>(contentType: Json);

        app.MapGet("/clients/{clientId}/fhir/AuditEvent", async Task<IResult> (
            string clientId, ClinicalRead read, IEventStore store, Database database, FieldEncryption fields, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Decisions.View.Name, ct);
            var ledger = await Accounting.ReadAll(database, fields, actor.Tenant, clientId, ct);
            var decisions = await Decisions.Read(database, actor.Tenant, clientId, ct);
            if (actor.Role == Contracts.Roles.Client)
            {
                var now = time.GetUtcNow();
                ledger = await Accountings.Known(ledger, store, database, actor.Tenant, clientId, now, ct);
                var accountings = (await store.Load<Ledger>(actor.Tenant, Ledger.StreamId(clientId), default, ct)).State;
                decisions.RemoveAll(row => accountings?.LeavesOut(row.RecipientId, now) == true);
            }
            // what an intermediary gave on is its own event to report
            return Bundle([.. ledger.Where(row => row.Through is null).Select(row => FhirAuditEvent.Disclosure(actor.Tenant, clientId, row)), .. decisions.Select(row => FhirAuditEvent.Decision(clientId, row))]);
        }).WithName("fhir-audit-events").WithTags("fhir").Produces<JsonObject>(contentType: Json);
    }

    private static IResult Bundle(JsonObject[] resources) => TypedResults.Text(Codes.Bundle(resources).ToJsonString(Clinic.Contracts.ContractJson.Options), Json);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;
using Ledger = Clinic.Consent.Domain.Accountings;

namespace Clinic.Consent.Service.Http;

/// <summary>The ledger, and accountings issued from it: what is given is on record before it is.</summary>
internal static class Accountings
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clients/{clientId}/accounting", async (
            string clientId, HttpContext http, Page page, ClinicalRead read, Database database, FieldEncryption fields, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Accounting.View.Name, ct);
            var rows = page.Answer(http, await Accounting.Read(database, fields, actor.Tenant, clientId, page, ct), Accounting.Key);
            return TypedResults.Ok(actor.Role == Roles.Client ? await Known(rows, store, database, actor.Tenant, clientId, time.GetUtcNow(), ct) : rows);
        }).WithName("accounting").WithTags("queries");

        app.MapPost("/clients/{clientId}/accountings/{requestId}/issue", async Task<IResult> (
            string clientId, string requestId, string? format, HttpContext http, ClinicalRead read, Database database, FieldEncryption fields, IEventStore store,
            TimeProvider time, CancellationToken ct) =>
        {
            if (format is not (null or "json" or "csv" or "html")) throw new MalformedException("format", "'format' is json, csv or html.");
            var actor = await read.Record(clientId, Accounting.View.Name, ct);
            var state = (await store.Load<Ledger>(actor.Tenant, Ledger.StreamId(clientId), default, ct)).State;
            var request = state?.Find(requestId) ?? throw new RuleViolation("accounting_unknown", "There is no such request.", "requestId");
            var now = time.GetUtcNow();
            var ledger = await Told(await Accounting.ReadAll(database, fields, actor.Tenant, clientId, ct), database, actor.Tenant, clientId, ct);
            var report = Report.Of(request, clientId, now, ledger, state.Suspensions);
            var (body, type) = format switch
            {
                "csv" => (report.Csv(), "text/csv; charset=utf-8"),
                "html" => (report.Html(), "text/html; charset=utf-8"),
                _ => (JsonSerializer.Serialize(report, ContractJson.Options), "application/json")
            };
            var bytes = Encoding.UTF8.GetBytes(body);
            // whose record it is was checked when the view was recorded
            var scope = new CommandScope(store, time, actor, requestId, requestId, new Dictionary<string, string> { [EventHeaders.Role] = actor.Role });
            await Handling.IssueAccounting(scope, new IssueAccounting(clientId, requestId, report.Entries.Count, Convert.ToHexStringLower(SHA256.HashData(bytes)), now), ct);
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Bytes(bytes, type);
        }).WithName("issue-accounting").WithTags("accounting");
    }

    /// <summary>What the client is shown of it: neither what an agency has asked to be left out meanwhile nor what would be told too early.</summary>
    internal static async Task<List<AccountingRow>> Known(
        List<AccountingRow> rows, IEventStore store, Database database, string tenant, string clientId, DateTimeOffset now, CancellationToken ct)
    {
        var accountings = (await store.Load<Ledger>(tenant, Ledger.StreamId(clientId), default, ct)).State;
        return await Told([.. rows.Where(row => accountings?.LeavesOut(row.RecipientId, now) != true)], database, tenant, clientId, ct);
    }

    /// <summary>What was told in an emergency is known to the client once the access has been reviewed and telling does no harm.</summary>
    private static async Task<List<AccountingRow>> Told(List<AccountingRow> rows, Database database, string tenant, string clientId, CancellationToken ct)
    {
        if (rows.TrueForAll(row => row.LegalBasis != LegalBases.Emergency)) return rows;
        var informed = (await Emergencies.Informed(database, tenant, clientId, ct)).Select(row => row.AccessId).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(row => row.LegalBasis != LegalBases.Emergency || informed.Contains(row.BasisReference!))];
    }
}

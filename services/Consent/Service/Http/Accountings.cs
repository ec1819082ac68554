using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.Contracts;
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
            return TypedResults.Ok(actor.Role == Roles.Client ? await Known(rows, store, actor.Tenant, clientId, time.GetUtcNow(), ct) : rows);
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
            var report = Report.Of(requestId, clientId, request.Regime, request.DueAt - ConsentPolicy.AccountingDue, now,
                await Accounting.ReadAll(database, fields, actor.Tenant, clientId, ct), state.Suspensions);
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

    /// <summary>What an agency has asked to be left out for a time is not told to the client meanwhile.</summary>
    internal static async Task<List<AccountingRow>> Known(
        List<AccountingRow> rows, IEventStore store, string tenant, string clientId, DateTimeOffset now, CancellationToken ct)
    {
        var suspensions = (await store.Load<Ledger>(tenant, Ledger.StreamId(clientId), default, ct)).State?.Suspensions ?? [];
        return [.. rows.Where(row => !suspensions.Any(s => s.AgencyId == row.RecipientId && s.HoldsAt(now)))];
    }
}

using System.Diagnostics;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting.Access;
using Microsoft.AspNetCore.Http;

namespace Clinic.Hosting;

/// <summary>
/// The gate in front of every clinical view (decision 9): whether the caller may see this client is checked, and the event that
/// says who is shown what is committed before the first byte goes out; when it cannot be, nothing is shown. A view that lacks
/// events of the client answers with <c>Stale: true</c>.
/// </summary>
public sealed class ClinicalRead(IHttpContextAccessor accessor, IEventStore store, Database database, TimeProvider time)
{
    private const int Attempts = 10;
    private static readonly TimeSpan ReceiptPatience = TimeSpan.FromSeconds(5);

    /// <summary>Who reads, after the view has been recorded.</summary>
    /// <param name="clientId">Whose record.</param>
    /// <param name="projection">Which view; with <paramref name="followsLog"/> also its checkpoint, for callers that carry a <c>Receipt</c>.</param>
    /// <param name="followsLog">False for what is folded from its stream on the spot and so is never behind.</param>
    /// <exception cref="NotFoundException">The caller may not see this client.</exception>
    public async Task<Actor> Record(string clientId, string projection, CancellationToken ct, bool followsLog = true)
    {
        var http = accessor.HttpContext!;
        var admission = http.Admission();
        var actor = admission.Actor;
        if (!Ids.AreValid(clientId)) throw new MalformedException("clientId", $"'clientId' {Ids.Rule}.");
        var purpose = Http.PurposeOfUse(http, required: true)!;
        if (admission.Row.Reach == Reach.Client) await admission.Demand(clientId, null, ct);
        if (followsLog) await WaitForReceipt(http, projection, ct);
        // a caller that goes away now has still asked
        await Append<AccessLog>(actor, time.GetUtcNow(), at => AccessLog.StreamId(clientId, at),
            new RecordViewed(clientId, actor.Id, actor.Role, projection, purpose), purpose, CancellationToken.None);
        admission.Recorded = true;
        // looked at last: what was marked before the rows are read is said with them
        if (followsLog && await ViewState.IsStale(database, projection, actor.Tenant, "clientId", clientId, ct)) http.Response.Headers["Stale"] = "true";
        return actor;
    }

    /// <summary>Who may read the list; what it is about to show is recorded by <see cref="RecordList"/>.</summary>
    public Actor Lists() => accessor.HttpContext!.Admission().Actor;

    /// <summary>Records every client that a list names.</summary>
    public async Task RecordList(string projection, IEnumerable<string> clientIds, CancellationToken ct)
    {
        var http = accessor.HttpContext!;
        var admission = http.Admission();
        var actor = admission.Actor;
        // a list is for running the clinic unless its reader says otherwise
        var purpose = Http.PurposeOfUse(http, required: false) ?? "HOPERAT";
        await Append<ListLog>(actor, time.GetUtcNow(), ListLog.StreamId,
            new RecordsListed([.. clientIds.Distinct().Order(StringComparer.Ordinal)], actor.Id, actor.Role, projection, purpose), purpose, CancellationToken.None);
        admission.Recorded = true;
        if (await ViewState.IsStale(database, projection, actor.Tenant, ct)) http.Response.Headers["Stale"] = "true";
    }

    /// <summary>Records a view that serves a disclosure; the caller has verified the release.</summary>
    public Task RecordRelease(Actor actor, RecordViewed viewed, CancellationToken ct) =>
        Append<AccessLog>(actor, time.GetUtcNow(), at => AccessLog.StreamId(viewed.ClientId, at), viewed, viewed.PurposeOfUse, ct);

    private async Task Append<TLog>(Actor actor, DateTimeOffset now, Func<DateTimeOffset, string> streamAt, object viewed, string purpose, CancellationToken ct)
        where TLog : class
    {
        var stream = streamAt(now);
        var id = Guid.CreateVersion7();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            // every event's hash contains its version, so there is no append at any version; readers of one client are few
            var version = (await store.Load<TLog>(actor.Tenant, stream, default, ct)).Version;
            var result = await store.Append(new AppendRequest(actor.Tenant,
                new EventMetadata(actor.Id, now, id.ToString(), null, Amqp.Headers(actor, Activity.Current?.Id, purpose)),
                [new StreamWrite(stream, EventTypes.NameOf(typeof(TLog)), version, [new NewEvent(id, viewed)])], []), ct);
            if (result.Outcome == AppendOutcome.Committed) return;
        }
        throw new VersionConflictException(stream, null, null);
    }

    private async Task WaitForReceipt(HttpContext http, string projection, CancellationToken ct)
    {
        var receipt = http.Request.Headers["Receipt"].ToString();
        if (receipt.Length == 0) return;
        if (!Guid.TryParse(receipt, out var id)) throw new MalformedException("Receipt", "'Receipt' is the receipt of an accepted command.");
        if (!await Checkpoints.Passed(database, projection, id, ReceiptPatience, ct))
            throw new RuleViolation("receipt_not_reached", "The view has not reached this receipt yet.", "Receipt");
    }
}

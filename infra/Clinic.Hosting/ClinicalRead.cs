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
public sealed class ClinicalRead(IHttpContextAccessor accessor, AccessRecords records, Database database, TimeProvider time)
{
    private static readonly TimeSpan ReceiptPatience = TimeSpan.FromSeconds(5);

    /// <summary>Who reads, after the view has been recorded.</summary>
    /// <param name="clientId">Whose record.</param>
    /// <param name="projection">Which view; with <paramref name="followsLog"/> also its checkpoint, for callers that carry a <c>Receipt</c>.</param>
    /// <param name="followsLog">False for what is folded from its stream on the spot and so is never behind.</param>
    /// <param name="shown">What is on record as shown, where that is more than the view.</param>
    /// <param name="practitionerId">Whose contact it is that is read, where a peer supporter may see what is theirs.</param>
    /// <exception cref="NotFoundException">The caller may not see this client.</exception>
    public async Task<Actor> Record(string clientId, string projection, CancellationToken ct, bool followsLog = true, string? practitionerId = null, string? shown = null)
    {
        var http = accessor.HttpContext!;
        var admission = http.Admission();
        var (actor, now) = (admission.Actor, time.GetUtcNow());
        if (!Ids.AreValid(clientId)) throw new MalformedException("clientId", $"'clientId' {Ids.Rule}.");
        var purpose = Http.PurposeOfUse(http, required: true)!;
        if (admission.Row.Reach == Reach.Client) await admission.Demand(clientId, practitionerId, ct);
        if (followsLog) await WaitForReceipt(http, projection, ct);
        // a caller that goes away now has still asked
        await records.Append<AccessLog>(actor, now, AccessLog.StreamId(clientId, now),
            new RecordViewed(clientId, actor.Id, actor.Role, shown ?? projection, purpose), purpose, CancellationToken.None);
        admission.Recorded = true;
        // looked at last: what was marked before the rows are read is said with them
        if (followsLog && await ViewState.IsStale(database, projection, actor.Tenant, "clientId", clientId, ct)) http.Response.Headers["Stale"] = "true";
        return actor;
    }

    /// <summary>
    /// Records that an answer about one client, which <see cref="Record"/> has let the caller see, tells of another record of the same
    /// person, too: whoever may ask for the one is told of the other, and that is on record there.
    /// </summary>
    public Task Alongside(string clientId, string otherClientId, string projection, CancellationToken ct)
    {
        var http = accessor.HttpContext!;
        var (actor, now) = (http.Admission().Actor, time.GetUtcNow());
        if (!http.Admission().Recorded) throw new InvalidOperationException($"the view of {clientId} is recorded first");
        var purpose = Http.PurposeOfUse(http, required: true)!;
        return records.Append<AccessLog>(actor, now, AccessLog.StreamId(otherClientId, now),
            new RecordViewed(otherClientId, actor.Id, actor.Role, projection, purpose), purpose, CancellationToken.None);
    }

    /// <summary>Who may read the list; what it is about to show is recorded by <see cref="RecordList"/>.</summary>
    public Actor Lists() => accessor.HttpContext!.Admission().Actor;

    /// <summary>Records every client that a list names.</summary>
    public async Task RecordList(string projection, IEnumerable<string> clientIds, CancellationToken ct)
    {
        var http = accessor.HttpContext!;
        var admission = http.Admission();
        var (actor, now) = (admission.Actor, time.GetUtcNow());
        // a list is for running the clinic unless its reader says otherwise
        var purpose = Http.PurposeOfUse(http, required: false) ?? "HOPERAT";
        await records.Append<ListLog>(actor, now, ListLog.StreamId(now),
            new RecordsListed([.. clientIds.Distinct().Order(StringComparer.Ordinal)], actor.Id, actor.Role, projection, purpose), purpose, CancellationToken.None);
        admission.Recorded = true;
        if (await ViewState.IsStale(database, projection, actor.Tenant, ct)) http.Response.Headers["Stale"] = "true";
    }

    /// <summary>Records a view that serves a disclosure; the caller has verified the release.</summary>
    public Task RecordRelease(Actor actor, RecordViewed viewed, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return records.Append<AccessLog>(actor, now, AccessLog.StreamId(viewed.ClientId, now), viewed, viewed.PurposeOfUse, ct);
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

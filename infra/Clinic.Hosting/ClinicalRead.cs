using System.Diagnostics;
using Clinic.Contracts;
using Clinic.EventLog;
using Microsoft.AspNetCore.Http;

namespace Clinic.Hosting;

/// <summary>
/// The gate in front of every clinical view (decision 9): the event that says who is shown what is committed before the first
/// byte goes out; when it cannot be, nothing is shown. A view that lacks events of the client answers with <c>Stale: true</c>.
/// </summary>
public sealed class ClinicalRead(IHttpContextAccessor accessor, IEventStore store, Database database, TimeProvider time)
{
    private const int Attempts = 10;
    private static readonly TimeSpan ReceiptPatience = TimeSpan.FromSeconds(5);

    /// <summary>Who reads, after the view has been recorded.</summary>
    /// <param name="clientId">Whose record.</param>
    /// <param name="projection">Which view; with <paramref name="followsLog"/> also its checkpoint, for callers that carry a <c>Receipt</c>.</param>
    /// <param name="roles">Who may.</param>
    /// <param name="followsLog">False for what is folded from its stream on the spot and so is never behind.</param>
    public async Task<Actor> Record(string clientId, string projection, string[] roles, CancellationToken ct, bool followsLog = true)
    {
        var http = accessor.HttpContext!;
        var actor = Http.ActorOf(http.User);
        if (!roles.Contains(actor.Role)) throw new ForbiddenException($"A {actor.Role} may not read this.");
        if (!Ids.AreValid(clientId)) throw new MalformedException("clientId", $"'clientId' {Ids.Rule}.");
        var purpose = Http.PurposeOfUse(http, required: true)!;
        if (followsLog) await WaitForReceipt(http, projection, ct);
        await Append(actor, new RecordViewed(clientId, actor.Id, actor.Role, projection, purpose), purpose, ct);
        http.Response.Headers.CacheControl = "no-store";
        // looked at last: what was marked before the rows are read is said with them
        if (followsLog && await ViewState.IsStale(database, projection, actor.Tenant, "clientId", clientId, ct)) http.Response.Headers["Stale"] = "true";
        return actor;
    }

    /// <summary>Records a view that serves a disclosure; the caller has verified the release.</summary>
    public Task RecordRelease(Actor actor, RecordViewed viewed, CancellationToken ct) => Append(actor, viewed, viewed.PurposeOfUse, ct);

    private async Task Append(Actor actor, RecordViewed viewed, string purpose, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var stream = AccessLog.StreamId(viewed.ClientId, now);
        var id = Guid.CreateVersion7();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            // every event's hash contains its version, so there is no append at any version; readers of one client are few
            var version = (await store.Load<AccessLog>(actor.Tenant, stream, default, ct)).Version;
            var result = await store.Append(new AppendRequest(actor.Tenant,
                new EventMetadata(actor.Id, now, id.ToString(), null, Amqp.Headers(actor, Activity.Current?.Id, purpose)),
                [new StreamWrite(stream, EventTypes.NameOf(typeof(AccessLog)), version, [new NewEvent(id, viewed)])], []), ct);
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

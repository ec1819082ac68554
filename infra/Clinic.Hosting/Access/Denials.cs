using System.Diagnostics;
using Clinic.Contracts;
using Clinic.EventLog;
using Microsoft.Extensions.Logging;

namespace Clinic.Hosting.Access;

/// <summary>What one person was refused on one day.</summary>
public sealed record DenialLog(string Id, long Version)
{
    // no client's id holds a dot
    public static string StreamId(string actorId, DateTimeOffset at) => $"denied.{actorId}-{at.UtcDateTime:yyyyMMdd}";

    public static DenialLog Create(AccessDenied denied) => new("denied." + denied.Who, 0);

    public DenialLog Apply(AccessDenied denied) => this;
}

/// <summary>
/// Writes refusals down. The refusal stands whether or not that succeeds: nothing was shown, and an answer that depended on it
/// would let an attacker see how the database is.
/// </summary>
internal sealed class Denials(AccessRecords records, TimeProvider time, ILogger<Denials> logger)
{
    public async Task Record(Actor actor, string operation, string reasonCode, string? clientId)
    {
        var now = time.GetUtcNow();
        try
        {
            // the caller may have gone away; it was refused all the same
            await records.Append<DenialLog>(actor, now, DenialLog.StreamId(actor.Id, now),
                new AccessDenied(actor.Id, actor.Role, operation, reasonCode, Ids.AreValid(clientId) ? clientId : null), null, CancellationToken.None, AccessDenied.MostADay);
        }
        catch (Exception e)
        {
            logger.LogError("A refusal of {Operation} could not be recorded: {Error}", operation, e.GetType().Name);
        }
    }
}

/// <summary>Appends to the streams that say who was shown or refused what.</summary>
public sealed class AccessRecords(IEventStore store)
{
    private const int Attempts = 10;

    /// <summary>Appends behind whatever is there.</summary>
    /// <param name="most">Longest the stream may become; beyond it nothing is appended.</param>
    /// <exception cref="VersionConflictException">Others were faster ten times.</exception>
    public async Task Append<TLog>(Actor actor, DateTimeOffset now, string stream, object happened, string? purpose, CancellationToken ct, long most = long.MaxValue)
        where TLog : class
    {
        var id = Guid.CreateVersion7();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            // every event's hash contains its version, so there is no append at any version; readers of one client are few
            var version = (await store.Load<TLog>(actor.Tenant, stream, default, ct)).Version;
            if (version >= most) return;
            var result = await store.Append(new AppendRequest(actor.Tenant,
                new EventMetadata(actor.Id, now, id.ToString(), null, Amqp.Headers(actor, Activity.Current?.Id, purpose)),
                [new StreamWrite(stream, EventTypes.NameOf(typeof(TLog)), version, [new NewEvent(id, happened)])], []), ct);
            if (result.Outcome == AppendOutcome.Committed) return;
        }
        throw new VersionConflictException(stream, null, null);
    }
}

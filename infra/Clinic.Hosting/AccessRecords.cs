using System.Diagnostics;
using Clinic.Contracts;
using Clinic.EventLog;

namespace Clinic.Hosting;

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

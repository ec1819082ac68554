using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.EventLog.Keys;

namespace Clinic.Hosting.Erasing;

/// <summary>
/// Destroys keys when their deadline is due. From the tombstone on no process is handed one; the keys die, and the event says so,
/// when every process has acknowledged that it forgot them, or has not been seen for as long as it may hold one.
/// </summary>
internal sealed class KeyErasure(IEventStore store, KeyVault vault, DataKeys keys, TombstoneFile tombstones, TimeProvider time, ServiceSettings settings)
{
    // below what a deadline has; it is tried again
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public DeadlineHandler Handler => new(Erasures.Deadline, Fire);

    private async Task Fire(DueDeadline due, CancellationToken ct)
    {
        var loaded = await store.Load<SubjectKeys>(due.Tenant, due.Stream, default, ct);
        if (loaded.State?.Open.FirstOrDefault(open => open.ErasureId == due.Subject) is not { } erasing) return;
        var owners = Erasures.Owners(due.Tenant, erasing);

        var epoch = await vault.BeginErasure(owners, ct);
        keys.Drop();
        var until = time.GetTimestamp() + (long)(Patience.TotalSeconds * time.TimestampFrequency);
        while (await vault.NotAcknowledged(epoch, DataKeys.Held, ct) is > 0 and var missing)
        {
            if (time.GetTimestamp() > until) throw new TimeoutException($"{missing} processes may still hold keys of erasure {erasing.ErasureId}");
            await Task.Delay(50, ct);
        }
        // outside the database before the event says so: a restore to an earlier instant must not bring the keys back
        await tombstones.Append(owners, ct);
        var destroyed = new KeysDestroyed(erasing.ClientId, erasing.ErasureId, erasing.DataClasses, (int)await vault.FinishErasure(owners, ct));

        var id = Guid.CreateVersion7();
        var result = await store.Append(new AppendRequest(due.Tenant,
            new EventMetadata(settings.Service, time.GetUtcNow(), erasing.ErasureId, erasing.ErasureId, new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service }),
            [new StreamWrite(due.Stream, EventTypes.NameOf(typeof(SubjectKeys)), loaded.Version, [new NewEvent(id, destroyed)])], [],
            due.Inbox(settings.Service, new CommandAccepted(due.MessageId, due.Stream, loaded.Version + 1, id))), ct);
        if (result.Outcome == AppendOutcome.Conflict) throw new VersionConflictException(due.Stream, null, null);
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Clinic.Contracts;

namespace Clinic.EventLog.Keys;

/// <summary>A data key in memory.</summary>
/// <param name="Secret">Null: destroyed.</param>
public sealed record DataKey(Guid Id, byte[]? Secret);

/// <summary>
/// Data keys in use, in memory for at most <see cref="Held"/>. Reading never makes a key; writing makes the first one of a person
/// and class, unless the person was erased.
/// </summary>
public sealed class DataKeys(KeyVault vault, IKeyWrapping wrapping, TimeProvider time)
{
    private const int Most = 20_000;

    /// <summary>How long a key may be used without asking the vault again; what an erasure waits for at the longest.</summary>
    public static readonly TimeSpan Held = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Tenant, Guid Id), (DataKey Key, long Until)> byId = new();
    private readonly ConcurrentDictionary<KeyOwner, (DataKey Key, long Until)> byOwner = new();
    private volatile bool open = true;
    private long generation;

    /// <summary>Raised when everything derived from keys must be forgotten, too: folded states among it.</summary>
    public event Action? Dropped;

    /// <summary>Moves when what was read may have to be forgotten, or could not be read whole: what began before is not to be kept.</summary>
    public long Generation => Interlocked.Read(ref generation);

    /// <summary>The key a ciphertext names.</summary>
    /// <param name="owner">Whose it should be, where the reader knows.</param>
    /// <exception cref="PersonalDataUnavailableException">The vault does not answer.</exception>
    /// <exception cref="PersonalKeyException">The vault does not know it.</exception>
    public ValueTask<DataKey> Find(Guid id, string tenant, KeyOwner? owner, CancellationToken ct) =>
        byId.TryGetValue((tenant, id), out var known) && Holds(known.Until) ? new(known.Key) : new(Fetch(id, tenant, owner, ct));

    /// <summary>The key to write with; made when there is none.</summary>
    /// <exception cref="PersonalDataErasedException">The person was erased.</exception>
    /// <exception cref="PersonalDataUnavailableException">The vault does not answer.</exception>
    public ValueTask<DataKey> Of(KeyOwner owner, CancellationToken ct) =>
        byOwner.TryGetValue(owner, out var known) && Holds(known.Until) ? new(known.Key) : new(Provide(owner, ct));

    /// <summary>Forgets all keys and what was read with them.</summary>
    public void Drop()
    {
        Interlocked.Increment(ref generation);
        byId.Clear();
        byOwner.Clear();
        Dropped?.Invoke();
    }

    /// <summary>Forgets what was read with keys, and keys whose time is over.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        Expire();
        Dropped?.Invoke();
    }

    /// <summary>Forgets keys whose time is over, so that they do not lie in memory unused.</summary>
    public void Expire()
    {
        foreach (var (id, entry) in byId) if (!Holds(entry.Until)) byId.TryRemove(id, out _);
        foreach (var (owner, entry) in byOwner) if (!Holds(entry.Until)) byOwner.TryRemove(owner, out _);
    }

    /// <summary>While closed no key is handed out: tombstones of this service's log may not have reached a restored vault yet.</summary>
    public bool IsOpen { get => open; set => open = value; }

    /// <summary>Says that a value could not be opened.</summary>
    internal void Unavailable() => Interlocked.Increment(ref generation);

    /// <summary>What a data key is wrapped for.</summary>
    public static byte[] Context(string tenant, string subject, string dataClass, Guid key) =>
        Encoding.UTF8.GetBytes($"data key 1\n{tenant}\n{subject}\n{dataClass}\n{key}");

    private async Task<DataKey> Fetch(Guid id, string tenant, KeyOwner? owner, CancellationToken ct)
    {
        if (!open) throw new PersonalDataUnavailableException();
        // counted from before the question: the vault may have begun an erasure right after its answer
        var (until, before) = (Until(), Generation);
        var found = await vault.Find(id, tenant, owner?.Subject, owner?.DataClass, ct) ?? throw new PersonalKeyException($"data key {id} is not in the vault");
        var key = await Unwrap(found, tenant, ct);
        Keep(byId, (tenant, id), key, until, before);
        return key;
    }

    private async Task<DataKey> Provide(KeyOwner owner, CancellationToken ct)
    {
        if (!open) throw new PersonalDataUnavailableException();
        var (until, before) = (Until(), Generation);
        var found = await vault.Of(owner, ct);
        if (found is null)
        {
            var id = Guid.CreateVersion7();
            var (kek, wrapped) = await wrapping.Wrap(RandomNumberGenerator.GetBytes(32), Context(owner.Tenant, owner.Subject, owner.DataClass, id), ct);
            await vault.Provision(new WrappedKey(id, kek, wrapped, owner.Subject, owner.DataClass), owner.Tenant, ct);
            // somebody else may have been first
            found = await vault.Of(owner, ct) ?? throw new PersonalKeyException("a data key vanished while it was made");
        }
        var key = await Unwrap(found, owner.Tenant, ct);
        if (key.Secret is null) throw new PersonalDataErasedException();
        Keep(byOwner, owner, key, until, before);
        Keep(byId, (owner.Tenant, key.Id), key, until, before);
        return key;
    }

    private async Task<DataKey> Unwrap(WrappedKey found, string tenant, CancellationToken ct) => new(found.Id, found.Wrapped is null
        ? null
        : await wrapping.Unwrap(found.KekId, found.Wrapped, Context(tenant, found.Subject, found.DataClass, found.Id), ct));

    private void Keep<T>(ConcurrentDictionary<T, (DataKey, long)> to, T name, DataKey key, long until, long before) where T : notnull
    {
        if (to.Count >= Most) to.Clear();
        to[name] = (key, until);
        // an erasure that came meanwhile has cleared before this was put in
        if (before != Generation) to.TryRemove(name, out _);
    }

    private long Until() => time.GetTimestamp() + (long)(Held.TotalSeconds * time.TimestampFrequency);

    private bool Holds(long until) => time.GetTimestamp() < until;
}

using System.Collections.Concurrent;
using System.Reflection;
using Clinic.EventLog;

namespace Clinic.Hosting;

/// <summary>Loads what a decision reads beside its own stream, and remembers at which version it was read.</summary>
public sealed class FactLoader(IEventStore store, string tenant)
{
    private static readonly ConcurrentDictionary<Type, MethodInfo> Loads = new();
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> guards = new(StringComparer.Ordinal);

    /// <summary>Folds a stream for the decision to look at.</summary>
    public async Task<TState?> Load<TState>(string stream, CancellationToken ct) where TState : class
    {
        var loaded = await store.Load<TState>(tenant, stream, default, ct);
        Know(stream, loaded.Version, loaded.At);
        return loaded.State;
    }

    /// <summary>
    /// Folds a stream that must not move until the decision is stored; every seal is checked, because such a stream decides what
    /// may leave. A stream that does not exist cannot be guarded, and nothing may be permitted on its absence.
    /// </summary>
    public async Task<TState?> Guard<TState>(string stream, CancellationToken ct) where TState : class
    {
        var loaded = await store.Load<TState>(tenant, stream, new LoadOptions(Verified: true), ct);
        var version = Know(stream, loaded.Version, loaded.At);
        if (version > 0) guards[stream] = version;
        return loaded.State;
    }

    /// <summary>When the newest event was recorded among all that was read.</summary>
    internal DateTimeOffset Latest { get; private set; }

    internal IEnumerable<StreamGuard> Guards => guards.Select(guard => new StreamGuard(guard.Key, guard.Value));

    /// <returns>The version at which the stream was read first: one that moved between two readings is decided on again.</returns>
    internal long Know(string stream, long version, DateTimeOffset at)
    {
        if (at > Latest) Latest = at;
        versions.TryAdd(stream, version);
        return versions[stream];
    }

    /// <summary>The stream decided on is not written in every case; the decision rests on it all the same.</summary>
    internal void GuardOwn(string stream, long version)
    {
        if (version > 0) guards.TryAdd(stream, version);
    }

    /// <summary>The version an event for this stream is appended behind.</summary>
    internal async Task<long> VersionOf(Type state, string stream, CancellationToken ct)
    {
        if (versions.TryGetValue(stream, out var version)) return version;
        var load = Loads.GetOrAdd(state, static type =>
            typeof(FactLoader).GetMethod(nameof(LoadVersion), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type));
        return await (Task<long>)load.Invoke(this, [stream, ct])!;
    }

    private async Task<long> LoadVersion<TState>(string stream, CancellationToken ct) where TState : class
    {
        await Load<TState>(stream, ct);
        return versions[stream];
    }
}

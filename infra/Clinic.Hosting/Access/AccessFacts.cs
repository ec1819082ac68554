using System.Diagnostics;
using Clinic.EventLog;
using Clinic.Messaging;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Clinic.Hosting.Access;

/// <summary>Which service owns the access facts; null when this one does and so is never behind.</summary>
public sealed record AccessOwner(string? Producer);

/// <summary>
/// Who is who and who treats whom, without asking the database for every request. Facts are loaded verified and then kept in
/// memory until <see cref="AccessWatch"/> sees their stream change; what would be refused on a kept fact is looked up again
/// first, so that a new link or assignment counts at once. A withdrawn one is seen within <see cref="WatchEvery"/> of having
/// reached this service, or, when the watch fails, after <see cref="WatchValid"/>.
/// </summary>
public sealed class AccessFacts(IEventStore store, Database database, AccessOwner owner) : IDisposable
{
    /// <summary>How often changes are looked for.</summary>
    public static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>How long kept facts are believed when nobody could look for changes.</summary>
    public static readonly TimeSpan WatchValid = TimeSpan.FromSeconds(5);

    /// <summary>Oldest knowledge of the owner on which a relationship is believed: the bound of the start gate (decision 5).</summary>
    public static readonly TimeSpan RelationshipsValid = TimeSpan.FromSeconds(10);

    /// <summary>Oldest knowledge of the owner on which a token is believed not to be compromised (S58).</summary>
    public static readonly TimeSpan SubjectsValid = TimeSpan.FromSeconds(60);

    private const int Kept = 20_000;
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Kept });
    private volatile Heard heard = new(TimeSpan.MaxValue, false, 0);
    private long changes;
    private long watchedAt;

    /// <summary>Who the subject is.</summary>
    /// <param name="isEnough">Whether the caller may pass on what is known; otherwise it is looked up again.</param>
    public Task<KnownSubject?> Subject(string tenant, string subjectHash, Func<KnownSubject?, bool> isEnough, CancellationToken ct) =>
        Find(tenant, KnownSubject.StreamId(subjectHash), isEnough, ct);

    /// <summary>Whether somebody is the client's therapist of record.</summary>
    public async Task<bool> IsTherapistOf(string tenant, string clientId, string practitionerId, CancellationToken ct) =>
        (await Find<Relationships>(tenant, Relationships.StreamId(clientId), known => known?.TherapistId == practitionerId, ct))?.TherapistId == practitionerId;

    /// <exception cref="StaleFactsException">What this service knows of the owner's facts is older than that, or has a gap.</exception>
    public async Task MustBeFresh(TimeSpan bound, CancellationToken ct)
    {
        if (owner.Producer is null) return;
        if (heard.IsWithin(bound)) return;
        // the watch may have been late: ask once more before refusing
        Hear(await Freshness.Of(database, owner.Producer, ct));
        if (!heard.IsWithin(bound)) throw new StaleFactsException();
    }

    internal void Hear(Freshness freshness) => heard = new Heard(freshness.Age, freshness.GapOpen, Stopwatch.GetTimestamp());

    /// <summary>Streams that have changed since.</summary>
    internal void Forget(IReadOnlyCollection<(string Tenant, string Stream)> changed)
    {
        if (changed.Count == 0) return;
        lock (cache)
        {
            // whoever is loading right now may have read what was there before
            changes++;
            foreach (var key in changed) cache.Remove(key);
        }
    }

    /// <summary>When changes were last looked for, as a timestamp of <see cref="Stopwatch"/>; 0 before the first time.</summary>
    internal long Watched
    {
        get => Interlocked.Read(ref watchedAt);
        set => Interlocked.Exchange(ref watchedAt, value);
    }

    private async Task<TState?> Find<TState>(string tenant, string stream, Func<TState?, bool> isEnough, CancellationToken ct) where TState : class
    {
        var watched = Watched;
        if (Stopwatch.GetElapsedTime(watched) < WatchValid && cache.TryGetValue((tenant, stream), out TState? kept) && isEnough(kept)) return kept;
        long before;
        lock (cache) before = changes;
        var state = (await store.Load<TState>(tenant, stream, new LoadOptions(Verified: true), ct)).State;
        // before the watch has begun nobody would see it change
        if (watched == 0) return state;
        lock (cache)
            if (changes == before) cache.Set((tenant, stream), state, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Unused });
        return state;
    }

    public void Dispose() => cache.Dispose();

    private sealed record Heard(TimeSpan Age, bool GapOpen, long At)
    {
        public bool IsWithin(TimeSpan bound) => !GapOpen && Age < bound && Age + Stopwatch.GetElapsedTime(At) < bound;
    }
}

/// <summary>Registers the facts together with what keeps them true.</summary>
public static class AccessFactsRegistration
{
    public static IServiceCollection AddAccessFacts(this IServiceCollection services, AccessOwner owner) =>
        services.AddSingleton(owner).AddSingleton<AccessFacts>().AddHostedService<AccessWatch>();
}

/// <summary>Whether the caller may cannot be decided right now: 503, whatever was asked for.</summary>
public sealed class StaleFactsException() : Exception("What this service knows of who treats whom is too old to decide on; try again shortly.");

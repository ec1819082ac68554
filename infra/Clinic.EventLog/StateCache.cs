using Microsoft.Extensions.Caching.Memory;

namespace Clinic.EventLog;

/// <summary>
/// Folded states of streams in use. Old ones are no danger: a load reads what came after, and an append checks the version.
/// States are immutable, so one may be shared.
/// </summary>
internal sealed class StateCache : IDisposable
{
    private const int Streams = 10_000;
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Streams });

    public Loaded<TState> Find<TState>(string tenant, string stream) where TState : class =>
        cache.TryGetValue((typeof(TState), tenant, stream), out Loaded<TState> loaded) ? loaded : default;

    public void Keep<TState>(string tenant, string stream, Loaded<TState> loaded) where TState : class
    {
        if (loaded.State is not null)
            cache.Set((typeof(TState), tenant, stream), loaded, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Unused });
    }

    public void Forget<TState>(string tenant, string stream) where TState : class => cache.Remove((typeof(TState), tenant, stream));

    public void Clear() => cache.Clear();

    public void Dispose() => cache.Dispose();
}

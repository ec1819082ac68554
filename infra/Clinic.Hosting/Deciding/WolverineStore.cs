using Clinic.EventLog;
using Wolverine.Runtime;

namespace Clinic.Hosting.Deciding;

/// <summary>A store whose commands' handlers are run by Wolverine.</summary>
internal sealed class WolverineStore(IEventStore store, IWolverineRuntime runtime) : IEventStore
{
    public MessageBus Bus() => new(runtime);

    public Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options, CancellationToken ct) where TState : class =>
        store.Load<TState>(tenant, stream, options, ct);

    public Task<AppendResult> Append(AppendRequest request, CancellationToken ct) => store.Append(request, ct);
}

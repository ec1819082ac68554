using Clinic.EventLog;
using JasperFx.Events;
using Wolverine;
using Wolverine.Runtime;

namespace Clinic.Hosting.Deciding;

/// <summary>What the code that Wolverine generates for a handler may call; nobody else does.</summary>
public static class Decide
{
    internal const string StreamHeader = "stream";

    /// <summary>The command on its way in this flow of control: Wolverine invokes inline and hands on the message alone.</summary>
    internal static readonly AsyncLocal<object?> Current = new();

    /// <summary>Reads the state, and everything else the decision rests on.</summary>
    public static Task<IEventStream<TState>> Fetch<TState>(string stream, CancellationToken ct) where TState : class =>
        ((IReads<TState>)(Current.Value ?? throw new InvalidOperationException($"{typeof(TState).Name}: no command is on its way"))).Read(stream, ct);

    /// <summary>What was read beside the state.</summary>
    public static TFacts Facts<TState, TFacts>(IEventStream<TState> stream) where TState : class => ((WolverineDecision<TState, TFacts>)stream).Facts;

    /// <summary>When it is decided.</summary>
    public static DateTimeOffset Now<TState>(IEventStream<TState> stream) where TState : class => ((IReads<TState>)stream).Now;

    /// <summary>Seals and appends what the handler returned, and the answer with it.</summary>
    public static Task Save<TState>(IEventStream<TState> stream, CancellationToken ct) where TState : class => ((IReads<TState>)stream).Save(ct);
}

internal interface IReads<TState> where TState : class
{
    Task<IEventStream<TState>> Read(string stream, CancellationToken ct);
    DateTimeOffset Now { get; }
    Task Save(CancellationToken ct);
}

/// <summary>One try of a command as Wolverine's aggregate handler workflow sees it: a stream it fetched for writing.</summary>
internal sealed class WolverineDecision<TState, TFacts>(Decision<TState, TFacts> decision) : IEventStream<TState>, IReads<TState> where TState : class
{
    private readonly List<object> decided = [];
    private Known<TState, TFacts>? known;
    private AppendResult? result;

    /// <summary>Invokes the command; what its handler throws comes out unchanged.</summary>
    public static async Task<AppendResult> Run(MessageBus bus, object command, Decision<TState, TFacts> decision, CancellationToken ct)
    {
        var stream = new WolverineDecision<TState, TFacts>(decision);
        Decide.Current.Value = stream;
        await bus.InvokeAsync(command, new DeliveryOptions { TenantId = decision.Tenant }.WithHeader(Decide.StreamHeader, decision.Stream), ct);
        return stream.result ?? throw new InvalidOperationException($"{command.GetType().Name}: its handler did not run to the end");
    }

    public async Task<IEventStream<TState>> Read(string stream, CancellationToken ct)
    {
        if (stream != decision.Stream) throw new InvalidOperationException($"{stream} is not what this command is about");
        known = await decision.Read(ct);
        return this;
    }

    public async Task Save(CancellationToken ct) => result = await decision.Append(Known, [.. decided], ct);

    public TFacts Facts => Known.Facts;
    public DateTimeOffset Now => Known.Now;
    public TState? Aggregate => Known.State;
    public long? StartingVersion => Known.Version;
    public long? CurrentVersion => Known.Version + decided.Count;
    public string? Key => decision.Stream;
    public Guid Id => Guid.Empty;
    public CancellationToken Cancellation => CancellationToken.None;
    public bool AlwaysEnforceConsistency { get => true; set { } }

    /// <summary>None before they are sealed.</summary>
    public IReadOnlyList<IEvent> Events => [];

    public void AppendOne(object @event) => decided.Add(@event);
    public void AppendMany(params object[] events) => decided.AddRange(events);
    public void AppendMany(IEnumerable<object> events) => decided.AddRange(events);
    public void TryFastForwardVersion() => throw new NotSupportedException("a conflict is decided again");

    private Known<TState, TFacts> Known => known ?? throw new InvalidOperationException($"{decision.Stream} was not read");
}

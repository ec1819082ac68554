using Clinic.EventLog;
using Clinic.EventLog.Marten;

namespace Clinic.Tests.Infra;

public sealed class EncryptingOnMarten(Stack stack) : Encrypting(stack)
{
    protected override SchemaScript[] Scripts => MartenEngine.Schema;

    protected override IEventStore Engine(Probe on, EventTypes types) => new MartenEventStore(on.Database, types, Probe.Seal, on.Signals);
}

public sealed class ForgettingOnMarten(Stack stack) : Forgetting(stack)
{
    protected override SchemaScript[] Scripts => MartenEngine.Schema;

    protected override IEventStore Engine(Probe on, EventTypes types) => new MartenEventStore(on.Database, types, Probe.Seal, on.Signals);
}

public sealed class UpcastingOnMarten(Stack stack) : Upcasting(stack)
{
    protected override SchemaScript[] Scripts => MartenEngine.Schema;

    protected override IEventStore Engine(Probe on, EventTypes types) => new MartenEventStore(on.Database, types, Probe.Seal, on.Signals);
}

/// <summary>History that both engines wrote, an event each in turns, before both verifiers and under every attack.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AuditingBothEngines(Stack stack) : Auditing(stack)
{
    protected override SchemaScript[] Scripts => MartenEngine.Schema;

    protected override IEventStore Engine(Probe on, EventTypes types) =>
        new InTurns(base.Engine(on, types), new MartenEventStore(on.Database, types, Probe.Seal, on.Signals));

    private sealed class InTurns(params IEventStore[] engines) : IEventStore
    {
        private int turn;

        public Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options, CancellationToken ct) where TState : class =>
            Next().Load<TState>(tenant, stream, options, ct);

        public Task<AppendResult> Append(AppendRequest request, CancellationToken ct) => Next().Append(request, ct);

        private IEventStore Next() => engines[Interlocked.Increment(ref turn) % engines.Length];
    }
}

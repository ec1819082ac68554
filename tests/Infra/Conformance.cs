using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>
/// What any engine behind <see cref="IEventStore"/> and the log must do. Both engines keep Marten's tables and schema
/// <c>clinic</c> (decision 1), so a look into those is fair; who draws which sequence number when is not asked here.
/// An engine is tested by one subclass that says how to open it.
/// </summary>
public abstract partial class EventStoreConformance(Stack stack)
{
    /// <summary>The engine under test, on the probe's database, with the probe's signals.</summary>
    protected abstract IEventStore Engine(Probe probe, EventSeal seal);

    /// <summary>What its database has beside what every database has.</summary>
    protected virtual SchemaScript[] Scripts => [];

    private async Task<Probe> Open()
    {
        var probe = await Probe.On(stack, Scripts);
        probe.Store = Engine(probe, Probe.Seal);
        return probe;
    }
}

/// <summary>The built-in engine.</summary>
public sealed class BuiltInEngine(Stack stack) : EventStoreConformance(stack)
{
    protected override IEventStore Engine(Probe probe, EventSeal seal) => new EventStore(probe.Database, Probe.Types, seal, probe.Signals);
}

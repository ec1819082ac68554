using Clinic.EventLog;
using Clinic.EventLog.Marten;

namespace Clinic.Tests.Infra;

/// <summary>The Marten engine, under the same suite.</summary>
public sealed class MartenEngine(Stack stack) : EventStoreConformance(stack)
{
    internal static readonly SchemaScript[] Schema = [.. Migrator.EmbeddedIn(typeof(MartenEventStore).Assembly)];

    protected override SchemaScript[] Scripts => Schema;

    protected override IEventStore Engine(Probe probe, EventSeal seal) => new MartenEventStore(probe.Database, Probe.Types, seal, probe.Signals);
}

using Clinic.EventLog;
#if MARTEN
using Clinic.EventLog.Marten;
#endif

namespace Clinic.Bench;

/// <summary>The engine that is compiled in with <c>-p:Engine=Marten</c>, measured in the same rounds as the built-in one.</summary>
internal static class OtherEngine
{
#if MARTEN
    public static IEnumerable<SchemaScript> Scripts => Migrator.EmbeddedIn(typeof(MartenEventStore).Assembly);

    public static IEventStore? Open(Database database, Signals signals) => new MartenEventStore(database, Sample.Types, Sample.Seal, signals);
#else
    public static IEnumerable<SchemaScript> Scripts => [];

    public static IEventStore? Open(Database database, Signals signals) => null;
#endif
}

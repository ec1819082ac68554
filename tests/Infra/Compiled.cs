using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>What the engine that is compiled in adds to the database of a service that is hosted whole.</summary>
internal static class Compiled
{
#if MARTEN
    public static readonly SchemaScript[] Scripts = MartenEngine.Schema;
#else
    public static readonly SchemaScript[] Scripts = [];
#endif
}

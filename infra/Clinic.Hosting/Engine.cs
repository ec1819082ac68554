using Clinic.EventLog;
using Microsoft.Extensions.DependencyInjection;
#if MARTEN
using Clinic.EventLog.Marten;
using Npgsql;
#endif

namespace Clinic.Hosting;

/// <summary>Which engine stands behind <see cref="IEventStore"/>: the one place that differs with <c>-p:Engine=Marten</c> (docs/engines.md).</summary>
internal static class Engine
{
#if MARTEN
    /// <summary>What a database has beside what every database has.</summary>
    public static IEnumerable<SchemaScript> Scripts => Migrator.EmbeddedIn(typeof(MartenEventStore).Assembly);

    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<MartenEventStore>().AddSingleton<IEventStore>(provider => provider.GetRequiredService<MartenEventStore>())
        // reactions share their transaction with the checkpoint
        .AddSingleton<Func<NpgsqlTransaction, IEventStore>>(provider => provider.GetRequiredService<MartenEventStore>().Inside);
#else
    /// <summary>What a database has beside what every database has.</summary>
    public static IEnumerable<SchemaScript> Scripts => [];

    public static IServiceCollection AddEngine(this IServiceCollection services) => services.AddSingleton<IEventStore, EventStore>();
#endif
}

using Clinic.EventLog;
using Microsoft.Extensions.DependencyInjection;
#if MARTEN
using Clinic.EventLog.Marten;
using Clinic.Hosting.Deciding;
using Npgsql;
using Wolverine.Runtime;
#endif

namespace Clinic.Hosting;

/// <summary>Which engine stands behind <see cref="IEventStore"/>: the one place that differs with <c>-p:Engine=Marten</c> (docs/engines.md).</summary>
internal static class Engine
{
#if MARTEN
    /// <summary>What a database has beside what every database has.</summary>
    public static IEnumerable<SchemaScript> Scripts => Migrator.EmbeddedIn(typeof(MartenEventStore).Assembly);

    /// <param name="states">Handlers are looked for where these are.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, IEnumerable<Type> states) => services
        .AddWolverineHandlers(states).AddSingleton<MartenEventStore>()
        .AddSingleton<IEventStore>(provider => new WolverineStore(provider.GetRequiredService<MartenEventStore>(), provider.GetRequiredService<IWolverineRuntime>()))
        // reactions share their transaction with the checkpoint
        .AddSingleton<Func<NpgsqlTransaction, IEventStore>>(provider => transaction =>
            new WolverineStore(provider.GetRequiredService<MartenEventStore>().Inside(transaction), provider.GetRequiredService<IWolverineRuntime>()));

    public static Task<AppendResult> Decide<TCommand, TState, TFacts>(
        IEventStore store, TCommand command, Decision<TState, TFacts> decision, Func<TCommand, TState?, TFacts, DateTimeOffset, object[]> handle, CancellationToken ct)
        where TState : class =>
        store is WolverineStore wolverine && AggregateHandlers.Are(handle.Method.DeclaringType!)
            ? WolverineDecision<TState, TFacts>.Run(wolverine.Bus(), command!, decision, ct)
            // a verb that does something and ends hosts no Wolverine, and a decision somebody composes is no handler of its own
            : decision.Run(command, handle, ct);
#else
    /// <summary>What a database has beside what every database has.</summary>
    public static IEnumerable<SchemaScript> Scripts => [];

    public static IServiceCollection AddEngine(this IServiceCollection services, IEnumerable<Type> _) => services.AddSingleton<IEventStore, EventStore>();

    public static Task<AppendResult> Decide<TCommand, TState, TFacts>(
        IEventStore _, TCommand command, Decision<TState, TFacts> decision, Func<TCommand, TState?, TFacts, DateTimeOffset, object[]> handle, CancellationToken ct)
        where TState : class => decision.Run(command, handle, ct);
#endif
}

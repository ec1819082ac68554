using System.Reflection;
using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Frames;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.Persistence.EventSourcing;
using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Clinic.Hosting.Deciding;

/// <summary>The services' <c>…AggregateHandler</c> classes, unchanged, under Wolverine's aggregate handler workflow (ADR 41).</summary>
internal static class AggregateHandlers
{
    /// <summary>Whether the name says so: Wolverine's own convention.</summary>
    public static bool Are(Type type) => type.Name.EndsWith("AggregateHandler", StringComparison.Ordinal);

    public static IServiceCollection AddWolverineHandlers(this IServiceCollection services, IEnumerable<Type> states)
    {
        var handlers = states.Select(state => state.Assembly).Distinct().SelectMany(assembly => assembly.GetExportedTypes()).Where(Are).ToArray();
        services.AddLogging(logging =>
        {
            logging.AddFilter("Wolverine", LogLevel.Warning).AddFilter("JasperFx", LogLevel.Warning);
            // it logs a message whose handler throws, members and all, and refusals are thrown: the pipeline says what there is to say
            foreach (var command in handlers.SelectMany(Commands)) logging.AddFilter(command.FullName, LogLevel.None);
        });
        return services.AddWolverine(ExtensionDiscovery.ManualOnly, options =>
        {
            // no transport, no tables, no agents: MassTransit and the log's relay have the messages
            options.Durability.Mode = DurabilityMode.MediatorOnly;
            options.Discovery.DisableConventionalDiscovery();
            foreach (var handler in handlers) options.Discovery.IncludeType(handler);
            options.UseRuntimeCompilation();
            options.Policies.Add(new Workflow());
        }).AddHostedService<CompiledHandlers>();
    }

    private static IEnumerable<Type> Commands(Type handler) =>
        handler.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == HandlerChain.Handle).Select(method => method.GetParameters()[0].ParameterType);

    /// <summary>Hands every handler its state, facts and time, takes its events and saves them.</summary>
    private sealed class Workflow : IHandlerPolicy
    {
        public void Apply(IReadOnlyList<HandlerChain> chains, GenerationRules rules, IServiceContainer container)
        {
            foreach (var chain in chains)
            {
                if (chain.Handlers is not [var handle]) throw new InvalidOperationException($"{chain.MessageType.Name} has {chain.Handlers.Count} handlers");
                var parameters = handle.Method.GetParameters();
                handle.Arguments[1] = new StateOfTheStream().Modify(chain, parameters[1], container, rules);
                // it would name the client in the trace
                chain.Middleware.RemoveAll(frame => frame.GetType().Name == "TagAggregateOtelFrame");
                handle.Arguments[2] = Given(chain, nameof(Decide.Facts), parameters[1].ParameterType, parameters[2].ParameterType);
                handle.Arguments[3] = Given(chain, nameof(Decide.Now), parameters[1].ParameterType);
                chain.TelemetryEnabled = false;
            }
        }

        private static JasperFx.CodeGeneration.Model.Variable Given(HandlerChain chain, string what, params Type[] types)
        {
            var call = new MethodCall(typeof(Decide), typeof(Decide).GetMethod(what)!.MakeGenericMethod(types));
            chain.Middleware.Add(call);
            return call.ReturnVariable!;
        }
    }

    /// <summary>Wolverine's <c>[WriteModel]</c>, with our log as the store and the stream's name beside the message: no command's member is that name.</summary>
    private sealed class StateOfTheStream : WriteModelAttribute
    {
        public StateOfTheStream()
        {
            FromHeader = Decide.StreamHeader;
            Required = false;
        }

        protected override IEventSourcingFrameProvider ResolveEventSourcingProvider(GenerationRules rules, IServiceContainer container, Type modelType) => new EventLogFrames();
    }
}

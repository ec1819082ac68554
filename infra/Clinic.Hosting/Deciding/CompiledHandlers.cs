using System.Diagnostics;
using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine.Runtime.Handlers;

namespace Clinic.Hosting.Deciding;

/// <summary>
/// Has what Wolverine generates for all handlers compiled at once, before the first command comes. By itself Wolverine compiles each
/// when it is first used: every first command of a kind would wait for the compiler, and after a failover all at the same time.
/// </summary>
internal sealed class CompiledHandlers(HandlerGraph graph, IServiceProvider services, IAssemblyGenerator compiler, IServiceVariableSource variables, ILogger<CompiledHandlers> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        var chains = graph.Chains.Cast<ICodeFile>().ToList();
        var assembly = graph.StartAssembly(graph.Rules);
        foreach (var chain in chains) chain.AssembleTypes(assembly);
        compiler.Compile(assembly, variables);
        foreach (var chain in chains)
            if (!chain.AttachTypesSynchronously(graph.Rules, assembly.Assembly!, services, graph.ToNamespace(graph.Rules)))
                throw new InvalidOperationException($"{chain.FileName} was not compiled");
        logger.LogInformation("{Count} handlers compiled in {Milliseconds:F0} ms", chains.Count, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
}

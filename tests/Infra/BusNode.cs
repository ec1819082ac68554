using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clinic.Tests.Infra;

/// <summary>A whole service on the bus, as the host composes it, without HTTP.</summary>
public sealed class BusNode : IAsyncDisposable
{
    private readonly IHost host;

    private BusNode(IHost host, Probe probe) => (this.host, Probe) = (host, probe);

    public Probe Probe { get; }

    /// <param name="service">The bus user; its rights are those of the real service.</param>
    /// <param name="through">Another way to the broker.</param>
    public static async Task<BusNode> Start(
        Probe probe, VirtualHost bus, string service, Publication publication, Reactions[]? reactions = null,
        Func<IServiceProvider, IReadOnlyList<IngressRoute>>? ingress = null, bool sequencer = true, BusSettings? through = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(probe.Log);
        builder.Services.AddSingleton(probe.Database).AddSingleton(probe.Signals).AddSingleton(probe.Alarms).AddSingleton(probe.Store)
            .AddSingleton(Probe.Types).AddSingleton(Probe.Seal).AddSingleton(TimeProvider.System).AddSingleton(new SealingKeys(new SealingKey(Probe.SealingKey)));
        // the one command that these tests put on the bus
        builder.Services.AddSingleton(new AccessTable(Allow.Command<RefuseConsent>(Roles.ClinicSystem))).AddSingleton(new AccessOwner(null)).AddSingleton<AccessFacts>();
        if (sequencer) builder.Services.AddHostedService<Sequencer>();
        builder.Services.AddClinicBus(through ?? bus.Settings(service), service, publication, reactions ?? [], ingress ?? (_ => []));
        var host = builder.Build();
        await host.StartAsync();
        return new BusNode(host, probe);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        // the database belongs to the probe
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await Probe.DisposeAsync();
    }
}

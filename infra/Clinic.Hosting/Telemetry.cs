using System.Diagnostics;
using Clinic.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Clinic.Hosting;

/// <summary>
/// Traces and metrics over OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; without it nothing here exists. The other
/// <c>OTEL_*</c> settings of the SDK apply, too.
/// </summary>
public static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers the exporters, or nothing.</summary>
    public static void AddClinicTelemetry(this WebApplicationBuilder builder, string service)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint])) return;
        // ASP.NET would note path and user agent: a path names a client, and what a caller calls itself is free text
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        builder.Services.AddSingleton<Lags>().AddHostedService(provider => provider.GetRequiredService<Lags>());
        builder.Services.AddHostedService(_ => new Exporting(service, builder.Configuration));
    }

    /// <summary>Gives the server span its route, which names nobody, and its outcome.</summary>
    public static void UseClinicTelemetry(this WebApplication app)
    {
        if (string.IsNullOrEmpty(app.Configuration[Endpoint])) return;
        app.Use(static async (http, next) =>
        {
            var span = http.Features.Get<IHttpActivityFeature>()?.Activity;
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            await next(http);
            if (span is null) return;
            span.DisplayName = route is null ? "no route" : $"{http.Request.Method} {route}";
            span.SetTag("http.route", route).SetTag("http.response.status_code", http.Response.StatusCode);
            if (http.Response.StatusCode >= 500) span.SetStatus(ActivityStatusCode.Error);
        });
    }

    private sealed class Exporting(string service, IConfiguration configuration) : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(Describe)
                .SetSampler(new ParentBasedSampler(new Beginnings()))
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "RabbitMQ.Client.*", Diagnostics.Name)
                .AddOtlpExporter()
                .Build();
            metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(Describe)
                .AddMeter(Diagnostics.Name, "Npgsql", "MassTransit", "Microsoft.AspNetCore.*", "System.Runtime")
                .AddOtlpExporter()
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Sends what is left, after everything else has stopped.</summary>
        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
        }

        private void Describe(ResourceBuilder resource) => resource.AddService(service, serviceNamespace: "clinic");
    }

    /// <summary>
    /// A trace begins with a request or a command. Sequencer, relay and views ask the database many times a second whether there
    /// is something to do, and heartbeats come and go; none of that is a trace.
    /// </summary>
    private sealed class Beginnings : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Kind == ActivityKind.Server || samplingParameters.Name.StartsWith("command ", StringComparison.Ordinal)
                ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}

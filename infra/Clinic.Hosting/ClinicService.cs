using System.Security.Authentication;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Drift;
using Clinic.EventLog.Keys;
using Clinic.EventLog.Proofs;
using Clinic.Hosting.Access;
using Clinic.Hosting.Erasing;
using Clinic.Messaging;
using FluentValidation;
using FluentValidation.Internal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Clinic.Hosting;

/// <summary>What makes a service this service; everything around it is the same for all.</summary>
/// <param name="Name">Also its database, its bus user and the first word of its contracts.</param>
/// <param name="States">Every state it folds; their events are the events it knows.</param>
/// <param name="Publication">Stored event to public contract.</param>
/// <param name="Views">Its read models.</param>
/// <param name="Reactions">What it does about other services' events.</param>
/// <param name="Ingress">Commands it accepts from the bus.</param>
/// <param name="Access">Who may do what: a row for every route and command.</param>
/// <param name="AccessOwner">The service whose access facts it follows; null for the one that owns them.</param>
/// <param name="Upcasters">How events stored by earlier versions are read.</param>
/// <param name="Deadlines">What it does when a deadline is due that one of its views has set.</param>
public sealed record ClinicService(
    string Name, Type[] States, Publication Publication, Projection[] Views, Reactions[] Reactions,
    Func<IServiceProvider, IReadOnlyList<IngressRoute>> Ingress, AccessTable Access, string? AccessOwner, Upcaster[]? Upcasters = null,
    Func<IServiceProvider, IReadOnlyList<DeadlineHandler>>? Deadlines = null)
{
    internal EventTypes EventTypes(FieldEncryption? encryption = null) => new(
        [.. States, typeof(AccessLog), typeof(ListLog), typeof(DenialLog), typeof(DriftLog), typeof(Relationships), typeof(KnownSubject), typeof(SubjectKeys)], Upcasters ?? [], encryption);

    /// <summary>Its own, and what every service keeps of erasures.</summary>
    internal Projection[] AllViews => [.. Views, Erasures.View];
}

/// <summary>Hosts a service.</summary>
public static class ClinicHost
{
    private const long MaxRequestBody = 64 * 1024;

    /// <summary>
    /// Runs <paramref name="service"/>; or with the verb <c>migrate</c> brings its database up to date and returns, or with
    /// <c>rebuild</c> and names of views (none: all) makes those anew from the log and returns, or with <c>drift</c> compares them. With <c>openapi</c> and a file it
    /// writes its interface there, with <c>access</c> and a file its policy table and routes; nothing is started, settings and
    /// secrets may be any.
    /// </summary>
    /// <param name="configure">Registers what only this service needs.</param>
    /// <param name="map">Maps its HTTP endpoints.</param>
    public static async Task<int> Run(string[] args, ClinicService service, Action<WebApplicationBuilder>? configure, Action<WebApplication> map)
    {
        if (args is ["migrate", ..]) return await Migrate(args[1..], service);
        if (args is ["rebuild", ..]) return await RebuildViews(args[1..], service);
        if (args is ["drift", ..]) return await CompareViews(args[1..], service);
        var describe = args is ["openapi" or "access", _, ..];
        var builder = WebApplication.CreateBuilder(describe ? args[2..] : args);
        builder.AddClinicService(service);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseClinic();
        map(app);
        if (describe) await (args[0] == "access" ? AccessDescription.Write(app, service, args[1]) : OpenApi.Write(app, args[1]));
        else await app.RunAsync();
        return 0;
    }

    public static void AddClinicService(this WebApplicationBuilder builder, ClinicService service)
    {
        var settings = new ServiceSettings(builder.Configuration, service.Name);
        UseCamelCaseFieldNames();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
            kestrel.AddServerHeader = false;
            if (settings.ServerCertificate is { } certificate)
                kestrel.ConfigureHttpsDefaults(https =>
                {
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                    https.ServerCertificateSelector = (_, _) => certificate.Current;
                });
        });
        builder.Logging.AddSimpleConsole(console => { console.SingleLine = true; console.TimestampFormat = "HH:mm:ss.fff "; });
        // at Information it logs every path and query, and these name clients
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddClinicAuth(service.Name);
        builder.AddClinicRateLimits();
        builder.AddClinicTelemetry(service.Name);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = ContractJson.Options.DefaultIgnoreCondition;
            json.SerializerOptions.UnmappedMemberHandling = ContractJson.Options.UnmappedMemberHandling;
            json.SerializerOptions.NumberHandling = ContractJson.Options.NumberHandling;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            foreach (var converter in ContractJson.Options.Converters) json.SerializerOptions.Converters.Add(converter);
        });
        builder.Services.AddProblemDetails(Problems.Name).AddExceptionHandler<Problems>().AddHttpContextAccessor().AddClinicOpenApi(service);
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>(DatabaseHealth.Name);
        // authentication brings it along; nothing here is encrypted with it, so no key is kept on disk
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton(_ => settings.Seal);
        builder.Services.AddSingleton(_ => new Database(settings.Database)).AddSingleton<Signals>().AddSingleton<Alarms>().AddSingleton(_ => settings.Sealing);
        builder.Services.AddPersonalData(settings);
        builder.Services.AddSingleton(services => service.EventTypes(services.GetRequiredService<FieldEncryption>()));
        builder.Services.AddEngine(service.States).AddSingleton<AccessRecords>().AddSingleton<Denials>().AddSingleton<ClinicalRead>();
        builder.Services.AddSingleton(service.Access).AddAccessFacts(new AccessOwner(service.AccessOwner));
        builder.Services.AddSingleton(_ => new Cursors(settings.Ring($"mac-key-{service.Name}")().Current.Secret));
        foreach (var view in service.AllViews) builder.Services.AddSingleton(view);
        builder.Services.AddSingleton(_ => settings.CheckpointKey).AddSingleton(settings.Checkpoints).AddSingleton<ProofReader>();
        if (settings.Witness is { } witness) builder.Services.AddSingleton(witness).AddHostedService<Cosigning>();
        builder.Services.AddHostedService<TreeKeeper>().AddHostedService(services => ActivatorUtilities.CreateInstance<Sweep>(services));
        builder.Services.AddHostedService<Sequencer>().AddHostedService<ProjectionHost>().AddSingleton<DriftRecords>().AddSingleton<IDriftRecords>(services => services.GetRequiredService<DriftRecords>());
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<DriftWatch>(services, service.EventTypes()));
        builder.Services.AddHostedService(services => new DeadlineWorker(services.GetRequiredService<Database>(),
                [services.GetRequiredService<KeyErasure>().Handler, .. service.Deadlines?.Invoke(services) ?? []],
                services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Alarms>(), services.GetRequiredService<ILogger<DeadlineWorker>>()));
        builder.Services.AddClinicBus(settings.Bus, service.Name, Public(service.Publication), service.Reactions, service.Ingress);
    }

    /// <summary>Lets a service call others by <see cref="IHttpClientFactory"/>, over TLS to the installation's own authority where there is TLS.</summary>
    public static void AddServiceClients(this WebApplicationBuilder builder, string service) =>
        builder.Services.AddHttpClient(Microsoft.Extensions.Options.Options.DefaultName)
            .ConfigurePrimaryHttpMessageHandler(() => Tls.Handler(new ServiceSettings(builder.Configuration, service).Authority));

    public static void UseClinic(this WebApplication app)
    {
        app.UseClinicTelemetry();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRequestRules();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<AccessGate>();
        app.MapClinicHealth();
        app.MapProofs();
        app.MapOpenApi().WithName("openapi");
        app.MapGet("/.well-known/jwks.json", (SealingKeys keys) => TypedResults.Json(keys.PublicKeys)).WithName("sealing-keys").AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>A view of a record, a list, the end of a client's keys, and what was wrong with a view, are published by every service alike.</summary>
    private static Publication Public(Publication own) => stored => stored.Data is RecordViewed or RecordsListed or AccessDenied or KeysDestroyed or ViewDriftFound or ViewRepaired ? stored.Data : own(stored);

    private static async Task<int> Migrate(string[] args, ClinicService service)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var settings = new ServiceSettings(configuration, service.Name);
        var applied = await Migrator.Run(settings.Migration, [.. Engine.Scripts, .. Migrator.EmbeddedIn(System.Reflection.Assembly.GetEntryAssembly()!)]);
        applied = [.. applied, .. await PersonalData.Migrate(settings)];
        await settings.CreateBackupLogin();
        Console.WriteLine(applied.Count == 0 ? $"{service.Name}: up to date" : $"{service.Name}: applied {string.Join(", ", applied)}");
        return 0;
    }

    private static async Task<int> RebuildViews(string[] args, ClinicService service)
    {
        var names = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        if (names.Except(service.AllViews.Select(view => view.Name)).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"{service.Name} has no view '{unknown}', but {string.Join(", ", service.AllViews.Select(view => view.Name))}");
            return 2;
        }
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args[names.Length..]).Build();
        var target = new ServiceSettings(configuration, service.Name).Migration;
        var stale = 0;
        foreach (var view in service.AllViews.Where(view => names.Length == 0 || names.Contains(view.Name)))
        {
            var report = await Rebuild.Run(target, service.EventTypes(), view);
            Console.WriteLine($"{service.Name}: {view.Name} rebuilt from {report.Events} events{string.Concat(report.Stale.Select(s => $"\n  {s.Tenant} {s.Stream} lacks events from {s.Position} on ({s.Reason})"))}");
            stale += report.Stale.Count;
        }
        return stale == 0 ? 0 : 1;
    }

    /// <summary>Says of each view whether it shows what the log makes of it, and by which digest others can agree.</summary>
    private static async Task<int> CompareViews(string[] args, ClinicService service)
    {
        var names = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        var target = new ServiceSettings(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. args[names.Length..].Where(arg => arg != "--at-rest")]).Build(), service.Name).Migration;
        var (drifted, atRest) = (0, args.Contains("--at-rest"));
        foreach (var view in service.AllViews.Where(view => view.Tables.Count > 0 && (names.Length == 0 || names.Contains(view.Name))))
        {
            var report = await Rebuild.Compare(target, service.EventTypes(), view, atRest);
            var differs = report.Changed + report.Missing > 0;
            Console.WriteLine($"{service.Name}: {view.Name} at {report.Position} {(differs ? $"DIFFERS: {report.Changed} rows are not what the log makes, {report.Missing} are missing" : "is what the log makes")} (digest {report.Digest})");
            if (differs) drifted++;
        }
        return drifted == 0 ? 0 : 1;
    }

    /// <summary>A refused field is named as the sender wrote it.</summary>
    private static void UseCamelCaseFieldNames() => ValidatorOptions.Global.PropertyNameResolver = static (_, member, expression) =>
    {
        var name = expression is not null ? PropertyChain.FromExpression(expression).ToString() : member?.Name;
        return string.IsNullOrEmpty(name) ? member?.Name : string.Join('.', name.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
    };
}

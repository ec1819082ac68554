using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Clinic.Tests.Infra;

/// <summary>
/// Two whole services, as the host composes them, that export to a collector: <c>consent</c> refuses a consent, <c>session</c>
/// notes it and says so itself.
/// </summary>
public sealed class Observed(Stack stack) : IAsyncLifetime
{
    public const string Command = "consent.refuse-consent.v1";
    private readonly List<WebApplication> running = [];
    private TestDatabase sessionData = null!;
    private volatile bool broken;

    /// <summary>The first service's database; its view <c>totals</c> follows what it refuses.</summary>
    public TestDatabase Consent { get; private set; } = null!;

    public Collector Collector { get; } = new();

    public Log Log { get; } = new();

    public VirtualHost Bus { get; private set; } = null!;

    /// <summary>A caller that is not traced itself.</summary>
    public HttpClient Caller { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bus = await stack.NewVirtualHost();
        (Consent, sessionData) = (await stack.NewDatabase("consent", [.. Compiled.Scripts, TotalsView.Schema]), await stack.NewDatabase("session", Compiled.Scripts));
        await Start(sessionData, new ClinicService("session", [typeof(Counter)],
            stored => stored.Data is Counted ? new RecordViewed("c", "v", Roles.Therapist, "p", "TREAT") : null, [],
            [new Reactions("consent").On<ConsentRefused>(Note)], _ => [], new AccessTable(), null), _ => { });
        await Eventually.True(async () => await Bus.IsHeard("session-from-consent"), "the ordered queue");
        var consent = await Start(Consent, new ClinicService("consent", [typeof(Counter)],
            stored => stored.Data is Counted refused ? new ConsentRefused(refused.Note!, "d", 1, []) : null, [TotalsView.Totals], [],
            services => [services.Accept<RefuseConsent>(Refuse)],
            new AccessTable(Allow.Command<RefuseConsent>(Roles.Operator, Roles.ClinicSystem)), null), app =>
            {
                app.MapCommand<RefuseConsent>(Refuse);
                app.MapGet("/forgotten", () => "planted-secret").WithName("forgotten");
                app.MapGet("/unnamed", () => "planted-secret");
            });
        await Eventually.True(async () => await Bus.IsHeard(Command), "the command's queue");

        Caller = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(consent.Urls.First()) };
        Caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token());
    }

    public Task<HttpResponseMessage> Post(string json, string? query = null) =>
        Caller.PostAsync("/commands/" + Command + query, new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>The second service fails over an event until <paramref name="seen"/>; then it heals, and what waited behind goes on.</summary>
    public async Task WhileBroken(Func<bool> seen, string what)
    {
        broken = true;
        try
        {
            (await Post("""{"clientId":"planted-unhandled","directiveId":"d"}""")).EnsureSuccessStatusCode();
            await Eventually.True(seen, what, 30);
        }
        finally
        {
            broken = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        foreach (var app in running)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        await Consent.DisposeAsync();
        await sessionData.DisposeAsync();
        await Bus.DisposeAsync();
        Collector.Dispose();
    }

    private async Task<WebApplication> Start(TestDatabase data, ClinicService service, Action<WebApplication> map)
    {
        var secrets = await stack.SecretsDir();
        var builder = WebApplication.CreateBuilder([
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--Clinic:SecretsDir={secrets}", $"--Auth:PublicKeyFile={Path.Combine(secrets, "token-public.pem")}",
            $"--Database:Host={data.Settings.Host}", $"--Database:Port={data.Settings.Port}", $"--Database:Name={data.Settings.Name}",
            $"--Bus:Host={Bus.Settings(service.Name).Host}", $"--Bus:Port={Bus.Settings(service.Name).Port}", $"--Bus:VirtualHost={Bus.Name}",
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={Collector.Endpoint}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_BSP_SCHEDULE_DELAY=200", "--OTEL_METRIC_EXPORT_INTERVAL=500"]);
        builder.AddClinicService(service);
        builder.Logging.AddProvider(Log);
        var app = builder.Build();
        app.UseClinic();
        map(app);
        await app.StartAsync();
        running.Add(app);
        return app;
    }

    private static Task<Clinic.Contracts.Messaging.CommandAccepted> Refuse(CommandScope scope, RefuseConsent command, CancellationToken ct) =>
        scope.Execute<RefuseConsent, Counter>(command, null, "refusals-" + command.ClientId, Decide, ct);

    private static object[] Decide(RefuseConsent command, Counter? state, Actor by, DateTimeOffset now) => command.DirectiveId switch
    {
        "taken" => throw new RuleViolation("directive_taken", "planted-rule", "directiveId"),
        "broken" => throw new InvalidOperationException("planted-failure"),
        _ => [new Counted(1, command.ClientId)]
    };

    private Task Note(ConsentRefused e, Reaction reaction, CancellationToken ct) => e.ClientId == "planted-unhandled" && broken
        ? throw new InvalidOperationException("planted-reaction")
        : reaction.Scope("session", TimeProvider.System).Execute<ConsentRefused, Counter>(e, null, "noted-" + e.ClientId, (_, _, _, _) => [new Counted(1)], ct);

    private async Task<string> Token()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(await stack.Secret("token-signing.pem"));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://clinic.local/dev",
            Audience = "consent",
            TokenType = "at+jwt",
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(10),
            Claims = new Dictionary<string, object> { ["sub"] = "planted-person", ["role"] = Roles.Operator, ["tenant"] = Probe.North },
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256)
        });
    }
}

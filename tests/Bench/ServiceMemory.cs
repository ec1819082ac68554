using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Clinic.Tests;
using RabbitMQ.Client;

namespace Clinic.Bench;

/// <summary>
/// A whole service as it is deployed: intake, its sequencer, views, relay, HTTP and bus. What counts is memory of its own; the
/// files it maps are shared by all services of a machine. The "floor" is its budget: 90 MB idle, 256 MB under load.
/// </summary>
internal static class ServiceMemory
{
    private const string Command = "intake.register-client.v1";

    public static async Task Run(Setup setup, Report report)
    {
        var target = await setup.Stack.NewTarget("intake");
        await using var bus = await setup.Stack.NewVirtualHost();
        var server = new Npgsql.NpgsqlConnectionStringBuilder(target.SuperuserConnection);
        var secrets = await setup.Stack.SecretsDir();
        Process Start(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(Tests.Stack.Root, "services/Intake/Service", Path.GetRelativePath(Path.Combine(Tests.Stack.Root, "tests/Bench"), AppContext.BaseDirectory), "Intake.Service.dll"), .. arguments])
            {
                RedirectStandardOutput = true
            };
            foreach (var (key, value) in new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Clinic__SecretsDir"] = secrets,
                ["Clinic__Service"] = "intake",
                ["Database__Host"] = server.Host!,
                ["Database__Port"] = server.Port.ToString(),
                ["Database__Name"] = target.Database,
                ["Bus__Host"] = "127.0.0.1",
                ["Bus__Port"] = bus.Settings("intake").Port.ToString(),
                ["Bus__VirtualHost"] = bus.Name,
                ["Auth__PublicKeyFile"] = Path.Combine(secrets, "token-public.pem")
            }) start.Environment[key] = value;
            var process = Process.Start(start)!;
            // nobody reads what it says, and a full pipe would stop it
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            return process;
        }
        using (var migration = Start("migrate")) await migration.WaitForExitAsync();
        using var service = Start();
        try
        {
            await Measure(bus, service, report);
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    private static async Task Measure(VirtualHost bus, Process service, Report report)
    {
        await Eventually.True(async () => await bus.IsHeard(Command), "the command's queue");
        await Task.Delay(report.Options.Round * 3);
        report.Add("memory of the intake service, idle, to its budget", "MB", Own(service), 90);

        var peak = 0.0;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; await Task.Delay(100, CancellationToken.None)) peak = Math.Max(peak, Own(service));
        });
        var sent = await Load(bus, report.Options.Round * 3);
        await stop.CancelAsync();
        await watching;
        Report.Progress($"the service was sent {sent} commands");
        report.Add("memory of the intake service, peak under load, to its budget", "MB", peak, 256);
    }

    /// <summary>As many commands as the broker takes: a backlog the service must not read into memory.</summary>
    private static async Task<int> Load(VirtualHost bus, TimeSpan time)
    {
        await using var connection = await bus.Connect("north.ehr");
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var (end, sent) = (DateTime.UtcNow + time, 0);
        for (; DateTime.UtcNow < end; sent++)
            await channel.BasicPublishAsync("clinic.commands", Command, mandatory: true,
                new BasicProperties { MessageId = Guid.NewGuid().ToString(), UserId = "north.ehr", Persistent = true },
                Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
                {
                    clientId = $"c-{Guid.NewGuid():N}",
                    route = "self",
                    identityMode = "pseudonymous",
                    ageBand = "25-34",
                    language = "en",
                    region = "GB-SCT",
                    accessibility = Array.Empty<string>()
                })));
        return sent;
    }

    /// <summary>Anonymous and shared memory of the process; not the libraries it maps.</summary>
    private static double Own(Process service) => File.ReadLines($"/proc/{service.Id}/status")
        .Where(line => line.StartsWith("RssAnon", StringComparison.Ordinal) || line.StartsWith("RssShmem", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Trim())) / 1024.0;
}

using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>The reference gateway, a program that knows nothing of ours but the bus.</summary>
public sealed class Gateway(RunningClinic clinic) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinic-gateway-");
    private readonly List<Process> processes = [];

    [Fact, Trait("Scenario", "T29"), Trait("Scenario", "T41")]
    public async Task Sends_each_notification_once_and_none_that_was_called_off()
    {
        await Start(holdSeconds: "0");
        var walk = await new Walk(clinic).InSession();
        (await clinic.Post("feedback.set-feedback-preference.v1", new { walk.ClientId, level = 1, channels = new[] { "sms" } }, walk.Client)).Accepted();
        await Write(walk, "h-1");
        var first = (await clinic.Ear.Wait("notification.requested.v1", "causeId", "h-1-" + walk.ClientId))["notificationId"]!;
        await clinic.Ear.Wait("notification.delivered.v1", "notificationId", first);
        var sent = await Done(first);
        sent["text"]!.GetValue<string>().ShouldBe("You have a new message. Please log in to read it.");
        sent.ToJsonString().ShouldNotContain(Walk.Private, Case.Insensitive);

        // killed, and started with the event still to be acknowledged: it looks at its folder first
        await Kill();
        File.Copy(Path.Combine(folder.FullName, "done", first + ".json"), Path.Combine(folder.FullName, "sent", first + ".json"));
        await Start(holdSeconds: "3600");
        await Eventually.True(() => !File.Exists(Path.Combine(folder.FullName, "sent", first + ".json")), "the answer given again");
        (await clinic.Ledger("feedback").Count("notification_delivered", "notificationId", first)).ShouldBe(1);

        // it holds what it sends, and the client stops meanwhile
        await Write(walk, "h-2");
        var second = (await clinic.Ear.Wait("notification.requested.v1", "causeId", "h-2-" + walk.ClientId))["notificationId"]!;
        await Eventually.True(() => File.Exists(Path.Combine(folder.FullName, "waiting", second + ".json")), "the notification to wait");
        (await clinic.Post("session.stop-session.v1", new { sessionId = walk.SessionId(), by = "client" }, walk.Client)).Accepted();
        (await Done(second))["outcome"]!.GetValue<string>().ShouldBe("cancelled");
        File.Exists(Path.Combine(folder.FullName, "sent", second + ".json")).ShouldBeFalse();
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await Kill();
        folder.Delete(recursive: true);
    }

    private async Task Start(string holdSeconds)
    {
        var bus = clinic.Host.Settings("north.ehr");
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Stack.Root, "infra/gateway/gateway.py"), folder.FullName])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["AMQP_URL"] = $"amqp://{bus.User}:{Uri.EscapeDataString(bus.Password)}@{bus.Host}:{bus.Port}/{bus.VirtualHost}",
                ["GATEWAY_HOLD_SECONDS"] = holdSeconds
            }
        };
        var process = Process.Start(start)!;
        processes.Add(process);
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("gateway: north.ehr listens");
    }

    private async Task Kill()
    {
        foreach (var process in processes)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        processes.Clear();
    }

    private async Task<JsonNode> Done(string id)
    {
        var file = Path.Combine(folder.FullName, "done", id + ".json");
        await Eventually.True(() => File.Exists(file), $"{id} done");
        return JsonNode.Parse(await File.ReadAllTextAsync(file))!;
    }

    private async Task Write(Walk walk, string id) => (await clinic.Post("feedback.give-feedback.v1",
        new { feedbackId = $"{id}-{walk.ClientId}", walk.ClientId, text = Walk.Private }, walk.Therapist)).Accepted();
}

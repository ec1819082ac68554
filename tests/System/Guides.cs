using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Clinic.SystemTests;

/// <summary>The guide's sample for clinic systems runs as it is printed, against the real broker.</summary>
public sealed partial class Guides(RunningClinic clinic)
{
    private const string Main = """

        import os, sys
        channel = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])).channel()
        for contract, body in json.load(sys.stdin):
            print(json.dumps(send(channel, "north.harbour", contract, body)))
        """;

    [Fact]
    public async Task The_Python_sample_sends_commands_and_hears_each_ones_answer()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Stack.Root, "docs/guides/bus-client.md"));
        var sample = Python().Matches(guide).Select(code => code.Groups[1].Value).First(code => code.Contains("def send(", StringComparison.Ordinal));
        var referralId = "r-" + Guid.NewGuid().ToString("N");
        var answers = await Run(sample + Main,
            ("intake.receive-referral.v1", new { referralId, source = "gp", reasonCodes = new[] { "F32.1" }, urgency = "routine" }),
            ("intake.receive-referral.v1", new { referralId = referralId + "-2", source = "gp", reasonCodes = new[] { "F32.1" } }));
        (Said(answers[0]), answers[0][1]!["stream"]!.GetValue<string>()).ShouldBe(("command.accepted.v1", "referral-" + referralId));
        (Said(answers[1]), answers[1][1]!["field"]!.GetValue<string>()).ShouldBe(("command.rejected.v1", "urgency"));
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referralId)).ShouldBe(1);
    }

    private async Task<JsonNode[]> Run(string script, params (string Contract, object Body)[] commands)
    {
        var bus = clinic.Host.Settings("north.harbour");
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AMQP_URL"] = $"amqp://{bus.User}:{Uri.EscapeDataString(bus.Password)}@{bus.Host}:{bus.Port}/{bus.VirtualHost}" }
        })!;
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(commands.Select(c => new[] { c.Contract, c.Body }), Answer.Json));
        python.StandardInput.Close();
        var errors = python.StandardError.ReadToEndAsync();
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, await errors);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static string Said(JsonNode answer) => answer[0]!.GetValue<string>();

    [GeneratedRegex("```python\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Python();
}

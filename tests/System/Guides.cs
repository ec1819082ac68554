using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Clinic.SystemTests;

/// <summary>The guides' samples for clinic systems run as they are printed, against the real broker.</summary>
public sealed partial class Guides(RunningClinic clinic)
{
    private const string PythonMain = """

        import os, sys
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
        channel = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])).channel()
        for contract, body, jwks in json.load(sys.stdin):
            if contract == "open":
                package, body["contentHash"] = open_package(body.pop("jwe"), load_pem_private_key(body.pop("pem").encode(), None))
                print(json.dumps([body["contentHash"], list(package["content"])]))
                contract = "consent.acknowledge-disclosure.v1"
            print(json.dumps(send(channel, "north.harbour", contract, body, jwks=jwks)))
        """;

    private const string NodeMain = """

        (async () => {
          const connection = await require("amqplib").connect(process.env.AMQP_URL);
          const channel = await connection.createConfirmChannel();
          for (let [contract, body, jwks] of JSON.parse(require("node:fs").readFileSync(0))) {
            if (contract === "open") {
              const { jwe, pem, ...rest } = body;
              const [package_, contentHash] = await openPackage(jwe, crypto.createPrivateKey(pem));
              console.log(JSON.stringify([contentHash, Object.keys(package_.content)]));
              [contract, body] = ["consent.acknowledge-disclosure.v1", { ...rest, contentHash }];
            }
            console.log(JSON.stringify(await send(channel, "north.harbour", contract, body, jwks)));
          }
          await connection.close();
        })().catch((error) => { console.error(error); process.exit(1); });
        """;

    private static readonly string Packages = Path.Combine(Stack.Root, "tests/System/Node");

    [Theory, InlineData("python"), InlineData("javascript")]
    public async Task The_sample_sends_commands_and_hears_each_ones_answer(string language)
    {
        var referralId = "r-" + Guid.NewGuid().ToString("N");
        var answers = await Run(language,
            ("intake.receive-referral.v1", new { referralId, source = "gp", reasonCodes = new[] { "F32.1" }, urgency = "routine" }, null),
            ("intake.ask-referral-status.v1", new { askId = "ask-" + referralId, referralId }, null),
            ("intake.receive-referral.v1", new { referralId = referralId + "-2", source = "gp", reasonCodes = new[] { "F32.1" } }, null));
        (Said(answers[0]), answers[0][1]!["stream"]!.GetValue<string>()).ShouldBe(("command.accepted.v1", "referral-" + referralId));
        (Said(answers[2]), answers[2][1]!["field"]!.GetValue<string>()).ShouldBe(("command.rejected.v1", "urgency"));
        Said(answers[1]).ShouldBe("command.accepted.v1");
        (await clinic.Ear.Wait("intake.referral-status-told.v1", "askId", "ask-" + referralId))["status"].ShouldBe("received");
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referralId)).ShouldBe(1);
    }

    [Theory, InlineData("python"), InlineData("javascript")]
    public async Task The_samples_seal_a_command_and_open_a_package(string language)
    {
        var walk = await new Walk(clinic).Sharing();
        using var http = new HttpClient();
        var keys = JsonNode.Parse(await http.GetStringAsync(new Uri(clinic["feedback"].Url, "/.well-known/jwks.json")));
        var responseId = "guide-" + walk.ClientId;
        var sent = await Run(language,
            ("feedback.submit-measure.v1", new { responseId, walk.ClientId, instrument = "phq-9", version = "1", items = Walk.Answers, language = "en" }, keys),
            ("consent.request-disclosure.v1", walk.Request(), null));
        sent.Select(Said).ShouldBe(["command.accepted.v1", "command.accepted.v1"], string.Join('\n', sent.Select(s => s.ToJsonString())));
        (await clinic.Ledger("feedback").Count("measure_submitted", "responseId", responseId)).ShouldBe(1);

        var jwe = (await clinic.PostTo("consent", $"/disclosures/{walk.DisclosureId()}/release", walk.Recipient, "TREAT")).Accepted().Text;
        var opened = await Run(language, ("open", new { disclosureId = walk.DisclosureId(), jwe, pem = RecipientKey.Shared.Pem }, null));
        opened[0][0]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(RecipientKey.Shared.Open(jwe))));
        opened[0][1]!.AsArray().Select(category => category!.GetValue<string>()).ShouldBe(["attendance"]);
        Said(opened[1]).ShouldBe("command.accepted.v1");
        await clinic.Ear.Wait("consent.disclosure-delivered.v1", "disclosureId", walk.DisclosureId());

        var asked = await Run(language,
            ("consent.ask-disclosure-status.v1", new { askId = "d-" + responseId, disclosureId = walk.DisclosureId() }, null),
            ("consent.ask-consent-status.v1", new { askId = "c-" + responseId, walk.ClientId, directiveId = walk.SharingDirective }, null));
        asked.Select(Said).ShouldAllBe(type => type == "command.accepted.v1");
        (await clinic.Ear.Wait("consent.disclosure-status-told.v1", "askId", "d-" + responseId))["status"].ShouldBe("delivered");
        (await clinic.Ear.Wait("consent.consent-status-told.v1", "askId", "c-" + responseId)).Body["holds"]!.GetValue<bool>().ShouldBeTrue();
    }

    private async Task<JsonNode[]> Run(string language, params (string Contract, object Body, JsonNode? Keys)[] commands)
    {
        var python = language == "python";
        if (!python && !Directory.Exists(Path.Combine(Packages, "node_modules")))
            Assert.Skip("The guides' JavaScript was NOT run: it needs Node, and `npm ci` in tests/System/Node.");
        var samples = string.Join('\n', new[] { "bus.md", "bus-client.md" }.SelectMany(guide =>
            Sample().Matches(File.ReadAllText(Path.Combine(Stack.Root, "docs/guides", guide))).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value))
            // how to connect over TLS is shown by itself
            .Where(code => !code.Contains("ssl_options", StringComparison.Ordinal)));
        var bus = clinic.Host.Settings("north.harbour");
        using var process = Process.Start(new ProcessStartInfo(python ? "/usr/bin/python3" : "node", [python ? "-c" : "-e", samples + (python ? PythonMain : NodeMain)])
        {
            WorkingDirectory = Packages,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AMQP_URL"] = $"amqp://{bus.User}:{Uri.EscapeDataString(bus.Password)}@{bus.Host}:{bus.Port}/{Uri.EscapeDataString(bus.VirtualHost)}" }
        })!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(commands.Select(c => new[] { c.Contract, c.Body, c.Keys }), Answer.Json));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static string Said(JsonNode answer) => answer[0]!.GetValue<string>();

    [GeneratedRegex("```(python|javascript)\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}

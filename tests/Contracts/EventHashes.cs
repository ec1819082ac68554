using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.EventLog;

namespace Clinic.Tests.Contracts;

/// <summary>
/// The bytes that are hashed, pinned: an auditor's own program must come to the same hashes, this year and in twenty. Checked
/// here and by event_hash.py, which shares no code with us.
/// </summary>
public sealed class EventHashes
{
    private static readonly string File = Repository.Golden("event-hash.v1.json");
    private static readonly JsonObject Golden = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    public static TheoryData<string> Names => [.. Golden["vectors"]!.AsArray().Select(v => (string)v!["name"]!)];

    [Theory, MemberData(nameof(Names))]
    public void the_canonical_form_the_hash_and_the_mac_are_as_published(string name)
    {
        var vector = Golden["vectors"]!.AsArray().Single(v => (string)v!["name"]! == name)!;
        var e = vector["event"]!;
        var fields = new SealedFields((string)e["tenant"]!, (string)e["stream"]!, (long)e["version"]!, Guid.Parse((string)e["id"]!), (string)e["type"]!,
            DateTimeOffset.UnixEpoch.AddTicks((long)e["ts"]! * 10), (string?)e["user"], (string?)e["correlation"], (string?)e["causation"],
            (string?)vector["headersText"], (string)vector["dataText"]!);
        var seal = new EventSeal(Guid.Parse((string)e["installation"]!), (string)e["service"]!, new MacKey("k1", Convert.FromHexString((string)Golden["macKey"]!)));
        Encoding.UTF8.GetString(seal.Canonical(fields)).ShouldBe((string)vector["canonical"]!);
        var over = seal.Over(fields);
        (Convert.ToHexStringLower(over.Hash), Convert.ToHexStringLower(over.Mac)).ShouldBe(((string)vector["sha256"]!, (string)vector["hmac"]!));
    }

    [Fact]
    public void an_independent_program_agrees()
    {
        var (code, output) = Python(File);
        (code, output).ShouldBe((0, $"{Names.Count} vectors agree\n"));
    }

    [Theory]
    [InlineData("sha256"), InlineData("hmac"), InlineData("canonical"), InlineData("dataText")]
    public void the_independent_program_notices_a_wrong_vector(string member)
    {
        var forged = Golden.DeepClone();
        var vector = forged["vectors"]![1]!;
        var text = (string)vector[member]!;
        var digit = text.Last(char.IsAsciiDigit);
        vector[member] = text.Replace(digit, digit == '9' ? '8' : '9');
        var copy = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllText(copy, forged.ToJsonString());
            Python(copy).Code.ShouldBe(1);
        }
        finally
        {
            System.IO.File.Delete(copy);
        }
    }

    [Theory]
    [InlineData("1.5"), InlineData("1e2"), InlineData("-0"), InlineData("9007199254740992"), InlineData("-9007199254740992"), InlineData("1E400")]
    [InlineData("\"\\u0000\""), InlineData("\"\\ud800\""), InlineData("\"\\udc00\\ud800\""), InlineData("{\"\\ud800\":1}"), InlineData("{\"a\":1,\"a\":1}"), InlineData("{\"a\":1,\"\\u0061\":1}")]
    public void what_has_no_canonical_form_is_refused(string json) =>
        Should.Throw<FormatException>(() => CanonicalJson.Of(Encoding.UTF8.GetBytes($"{{\"x\":{json}}}"))).Message.ShouldStartWith("$");

    [Fact]
    public void every_covered_field_changes_the_hash()
    {
        var one = new SealedFields("t", "s", 1, Guid.Empty, "type", DateTimeOffset.UnixEpoch, "u", "c", "d", "{}", "{}");
        var seal = new EventSeal(Guid.Empty, "service", new MacKey("k1", new byte[32]));
        string Hash(SealedFields e, EventSeal? by = null) => Convert.ToHexString((by ?? seal).Over(e).Hash);
        string[] hashes = [Hash(one), Hash(one with { Tenant = "x" }), Hash(one with { Stream = "x" }), Hash(one with { Version = 2 }), Hash(one with { Id = Guid.NewGuid() }),
            Hash(one with { Type = "x" }), Hash(one with { Timestamp = one.Timestamp.AddMicroseconds(1) }), Hash(one with { User = null }), Hash(one with { Correlation = null }),
            Hash(one with { Causation = null }), Hash(one with { Headers = null }), Hash(one with { Data = "{\"a\":1}" }),
            Hash(one, new EventSeal(Guid.NewGuid(), "service", new MacKey("k1", new byte[32]))), Hash(one, new EventSeal(Guid.Empty, "x", new MacKey("k1", new byte[32])))];
        hashes.Distinct().Count().ShouldBe(hashes.Length);
    }

    private static (int Code, string Output) Python(string vectors)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Repository.Path("tests", "Contracts", "event_hash.py"), vectors]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}

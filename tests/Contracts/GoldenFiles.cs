using System.Text.Json;
using Clinic.Contracts;
using Clinic.EventLog;

namespace Clinic.Tests.Contracts;

/// <summary>
/// What was once written is read for ever: on the bus by systems that are not ours, in the log by every later build. The files
/// only grow in number; a change that breaks one is a new version of the contract, not a new file.
/// </summary>
public sealed class GoldenFiles
{
    private static readonly JsonSerializerOptions Indented = new(ContractJson.Options) { WriteIndented = true };

    public static TheoryData<string> Contracts => [.. ContractTypes.All.Keys.Order()];

    public static TheoryData<string, string> Stored => [.. Domains.All.SelectMany(d => Domains.Events(d.Value).All.Select(e => (d.Key, e.Key)).Order())];

    [Theory, MemberData(nameof(Contracts))]
    public void a_contract_reads_and_writes_as_it_always_has(string name)
    {
        var text = Text(Repository.Golden(name + ".json"), ContractTypes.Find(name)!);
        var read = JsonSerializer.Deserialize(text, ContractTypes.Find(name)!, ContractJson.Options)!;
        Write(read).ShouldBe(text);
    }

    [Theory, MemberData(nameof(Stored))]
    public void a_stored_event_reads_and_writes_as_it_always_has(string service, string name)
    {
        var types = Domains.Events(Domains.All[service]);
        var text = Text(Repository.Golden("stored", service, name + ".json"), types.All.Single(e => e.Key == name).Value);
        var read = types.Read(name, text);
        EventTypes.NameOf(read.GetType()).ShouldBe(name);
        Write(read).ShouldBe(text);
    }

    [Theory, MemberData(nameof(Contracts))]
    public void what_a_contract_may_leave_out_can_be_left_out(string name)
    {
        var type = ContractTypes.Find(name)!;
        var json = JsonSerializer.Serialize(Sample.Of(type, full: false), type, ContractJson.Options);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, ContractJson.Options), type, ContractJson.Options).ShouldBe(json);
    }

    [Theory, MemberData(nameof(Stored))]
    public void what_a_stored_event_may_leave_out_can_be_left_out(string service, string name)
    {
        var types = Domains.Events(Domains.All[service]);
        var json = EventTypes.Write(Sample.Of(types.All.Single(e => e.Key == name).Value, full: false));
        EventTypes.Write(types.Read(name, json)).ShouldBe(json);
    }

    [Fact]
    public void no_golden_file_is_without_its_contract()
    {
        var known = Contracts.Select(row => row.Data + ".json")
            .Concat(Stored.Select(row => $"stored/{row.Data.Item1}/{row.Data.Item2}.json"))
            .Append("event-hash.v1.json").Append("field-cipher.v1.json").Order(StringComparer.Ordinal);
        Repository.Files("tests/Contracts/golden", "*.json").Select(file => Path.GetRelativePath("tests/Contracts/golden", file))
            .Order(StringComparer.Ordinal).ShouldBe(known);
    }

    [Theory, MemberData(nameof(Contracts))]
    public void a_contract_is_read_strictly(string name)
    {
        var type = ContractTypes.Find(name)!;
        var text = JsonSerializer.Serialize(Sample.Of(type), type, ContractJson.Options);
        object? Read(string json) => JsonSerializer.Deserialize(json, type, ContractJson.Options);
        Should.Throw<JsonException>(() => Read(text[..^1] + ",\"unheardOf\":1}"));
        Should.Throw<JsonException>(() => Read("{}"));
        var first = JsonDocument.Parse(text).RootElement.EnumerateObject().First();
        Should.Throw<JsonException>(() => Read($"{{{first},{text[1..]}"));
        Should.Throw<JsonException>(() => Read(text.Replace($"\"{first.Name}\":", $"\"{char.ToUpperInvariant(first.Name[0])}{first.Name[1..]}\":", StringComparison.Ordinal)));
    }

    [Fact]
    public void stored_events_may_gain_members_that_an_earlier_build_does_not_know()
    {
        foreach (var (service, name) in Stored.Select(row => row.Data))
        {
            var types = Domains.Events(Domains.All[service]);
            var text = EventTypes.Write(Sample.Of(types.All.Single(e => e.Key == name).Value));
            EventTypes.Write(types.Read(name, text[..^1] + ",\"addedLater\":1}")).ShouldBe(text);
        }
    }

    private static string Text(string path, Type type)
    {
        if (!File.Exists(path))
        {
            Repository.MayAddGolden.ShouldBeTrue($"{Path.GetFileName(path)} has no golden file; `make golden` writes it");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Write(Sample.Of(type)));
        }
        return File.ReadAllText(path);
    }

    private static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Indented) + "\n";
}

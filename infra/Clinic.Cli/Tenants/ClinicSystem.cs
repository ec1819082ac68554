using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Clinic.Cli.Tenants;

/// <summary>A clinic's program on the bus; its user is <c>{tenant}.{system}</c> and its rights are those of every clinic system.</summary>
public sealed partial record ClinicSystem(string Tenant, string System)
{
    // the one in the definitions whose rights the others copy
    private const string Model = "north.ehr";

    /// <summary>Where in the definitions a clinic system has entries.</summary>
    public static readonly string[] Sections = ["users", "permissions", "topic_permissions", "queues", "bindings"];

    public string User => $"{Tenant}.{System}";

    public static bool TryParse(string user, [NotNullWhen(true)] out ClinicSystem? system)
    {
        system = Name().Match(user) is { Success: true } match ? new ClinicSystem(match.Groups["tenant"].Value, match.Groups["system"].Value) : null;
        return system is not null;
    }

    /// <summary>This system's entries of a section of the definitions.</summary>
    public IReadOnlyList<JsonObject> Entries(JsonObject definitions, string section) =>
        [.. definitions[section]!.AsArray().Where(node => IsModels(node!, section)).Select(node => Renamed(node!.DeepClone().AsObject()))];

    private static bool IsModels(JsonNode entry, string section) => section switch
    {
        "users" => Text(entry, "name") == Model,
        "queues" => Text(entry, "name").Contains($".{Model}.", StringComparison.Ordinal),
        "bindings" => Text(entry, "destination").Contains($".{Model}.", StringComparison.Ordinal),
        _ => Text(entry, "user") == Model
    };

    private JsonObject Renamed(JsonObject entry)
    {
        foreach (var (member, value) in entry.ToArray())
            if (value is JsonValue text && text.GetValueKind() == global::System.Text.Json.JsonValueKind.String) entry[member] = Rename(member, text.GetValue<string>());
        return entry;
    }

    private static string Text(JsonNode entry, string member) => entry[member]!.GetValue<string>();

    // names have no character that means something in a pattern, so only the dot is escaped there
    private string Rename(string member, string text) => member == "routing_key" ? $"{Tenant}.#" : text
        .Replace("north\\.ehr", $"{Tenant}\\.{System}", StringComparison.Ordinal)
        .Replace(Model, User, StringComparison.Ordinal)
        .Replace("^north\\.", $"^{Tenant}\\.", StringComparison.Ordinal);

    /// <summary>The same names that services accept commands from.</summary>
    [GeneratedRegex(@"\A(?<tenant>[a-z0-9][a-z0-9-]{0,40})\.(?<system>[a-z0-9][a-z0-9-]{0,40})\z")]
    private static partial Regex Name();
}

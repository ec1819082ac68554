using System.Text.Json.Nodes;

namespace Clinic.Tests.Contracts;

/// <summary>A local JSON reference such as <c>#/components/schemas/Problem</c>.</summary>
internal static class Pointer
{
    /// <returns>Null when it leads nowhere.</returns>
    public static JsonNode? Find(JsonNode root, string reference) => !reference.StartsWith("#/", StringComparison.Ordinal) ? null
        : reference[2..].Split('/').Aggregate<string, JsonNode?>(root, (node, part) =>
            (node as JsonObject)?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);

    /// <summary>Every reference in a document.</summary>
    public static IEnumerable<string> All(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p is { Key: "$ref", Value: JsonValue value } ? [value.GetValue<string>()] : All(p.Value)),
        JsonArray a => a.SelectMany(All),
        _ => []
    };
}

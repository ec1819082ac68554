using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Clinic.Tests.Contracts;

/// <summary>Writes JSON as block YAML. What is not plainly a word is written as a JSON string, which YAML 1.2 reads as it is.</summary>
internal static partial class Yaml
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Block(text, node, 0);
        return text.ToString();
    }

    private static void Block(StringBuilder text, JsonNode? node, int depth)
    {
        if (node is JsonObject o)
            foreach (var (key, value) in o) Entry(text, new string(' ', depth) + Scalar(key) + ":", value, depth + 2);
        else
            foreach (var item in (JsonArray)node!) Entry(text, new string(' ', depth) + "-", item, depth + 2);
    }

    private static void Entry(StringBuilder text, string head, JsonNode? value, int depth)
    {
        text.Append(head);
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            Block(text, value, depth);
        }
        else
        {
            text.Append(' ').Append(value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? Scalar(v.GetValue<string>()) : value?.ToJsonString() ?? "null").Append('\n');
        }
    }

    private static string Scalar(string value) => Word().IsMatch(value) && !Special().IsMatch(value) ? value : JsonSerializer.Serialize(value, Relaxed);

    [GeneratedRegex(@"\A[A-Za-z_$][A-Za-z0-9_.$/-]*\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A(true|false|null|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Special();
}

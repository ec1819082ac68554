using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Clinic.SystemTests.Running;

/// <summary>
/// HL7's JSON schema of FHIR R4, and the few keywords it uses; any other keyword is an error here. That a resource is valid says
/// that its shape is R4's, not that it conforms to a profile such as IHE BALP.
/// </summary>
public static class FhirSchema
{
    private static readonly JsonObject Definitions =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Stack.Root, "tests/System/Fhir/r4.schema.json")))!["definitions"]!.AsObject();

    /// <summary>What is wrong with a resource, by path; nothing when it is valid.</summary>
    public static List<string> Errors(JsonNode resource)
    {
        var errors = new List<string>();
        Check(resource, Definitions[resource["resourceType"]!.GetValue<string>()]!, "$", errors);
        return errors;
    }

    private static void Check(JsonNode? value, JsonNode schema, string at, List<string> errors)
    {
        var rules = schema.AsObject();
        foreach (var (keyword, rule) in rules)
            switch (keyword)
            {
                case "$ref": Check(value, Definitions[rule!.GetValue<string>()["#/definitions/".Length..]]!, at, errors); break;
                case "type" when !Is(value, rule!.GetValue<string>()): errors.Add($"{at} is no {rule}"); break;
                case "const" when !JsonNode.DeepEquals(value, rule): errors.Add($"{at} is not {rule}"); break;
                case "enum" when !rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)): errors.Add($"{at} is none of {rule}"); break;
                case "pattern" when value is JsonValue && !Regex.IsMatch(value.ToString(), $"\\A(?:{rule!.GetValue<string>()})\\z"): errors.Add($"{at} does not look right"); break;
                case "items" when value is JsonArray items:
                    for (var i = 0; i < items.Count; i++) Check(items[i], rule!, $"{at}[{i}]", errors);
                    break;
                case "required" when value is JsonObject o:
                    errors.AddRange(rule!.AsArray().Select(name => name!.GetValue<string>()).Where(name => !o.ContainsKey(name)).Select(name => $"{at}.{name} is missing"));
                    break;
                case "properties" when value is JsonObject o:
                    foreach (var (name, member) in o)
                        if (rule![name] is { } its) Check(member, its, $"{at}.{name}", errors);
                    break;
                case "additionalProperties" when value is JsonObject o:
                    errors.AddRange(o.Where(member => rules["properties"]![member.Key] is null).Select(member => $"{at}.{member.Key} is not known"));
                    break;
                case "oneOf":
                    if (rule!.AsArray().Count(one => Holds(value, one!)) != 1) errors.Add($"{at} is not exactly one of several");
                    break;
                case "type" or "const" or "enum" or "pattern" or "items" or "required" or "properties" or "additionalProperties": break;
                default: throw new NotSupportedException(keyword);
            }
    }

    private static bool Holds(JsonNode? value, JsonNode schema)
    {
        var errors = new List<string>();
        Check(value, schema, "$", errors);
        return errors.Count == 0;
    }

    private static bool Is(JsonNode? value, string type) => (type, value?.GetValueKind()) is
        ("string", JsonValueKind.String) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("number", JsonValueKind.Number)
        or ("boolean", JsonValueKind.True) or ("boolean", JsonValueKind.False);
}

using System.Text.Json.Nodes;

namespace Clinic.Tests.Contracts;

/// <summary>
/// What a change takes from those who rely on a released interface. Deliberately small: paths, methods, parameters, members,
/// required members, types and codes. Prose, patterns and lengths are not compared; a change of those is for a reviewer.
/// </summary>
internal static class Breaking
{
    /// <summary>Who sends: clients send requests, so we may ask for no more; we send answers and events, so we may say no less.</summary>
    private enum Sender
    {
        Client,
        Us
    }

    public static List<string> OpenApi(JsonNode released, JsonNode current)
    {
        var breaks = new List<string>();
        foreach (var (path, methods) in released["paths"]!.AsObject())
            foreach (var (method, before) in methods!.AsObject())
            {
                var where = $"{method.ToUpperInvariant()} {path}";
                if (current["paths"]![path]?[method] is not { } now)
                {
                    breaks.Add($"{where} is gone");
                    continue;
                }
                Parameters(before!, now, where, breaks);
                if (now["requestBody"] is not null || before!["requestBody"] is not null)
                    new Schemas(released, current, Sender.Client, breaks).Compare(Json(before!["requestBody"]), Json(now["requestBody"]), where);
                foreach (var (status, answer) in before!["responses"]!.AsObject().Where(r => r.Key.StartsWith('2')))
                    if (now["responses"]![status] is not { } same) breaks.Add($"{where}: no answer {status} any more");
                    else new Schemas(released, current, Sender.Us, breaks).Compare(Json(answer), Json(same), $"{where} {status}");
            }
        return breaks;
    }

    public static List<string> AsyncApi(JsonNode released, JsonNode current)
    {
        var breaks = new List<string>();
        foreach (var (name, before) in released["channels"]!.AsObject())
            if (current["channels"]![name] is not { } now) breaks.Add($"channel {name} is gone");
            else if (!JsonNode.DeepEquals(before!["address"], now["address"]) || !JsonNode.DeepEquals(before["bindings"], now["bindings"]))
                breaks.Add($"channel {name} has another address or binding");
            else
                breaks.AddRange(before["messages"]!.AsObject().Where(m => now["messages"]![m.Key] is null).Select(m => $"{m.Key} is not in channel {name} any more"));

        var sent = released["channels"]!["commands"]!["messages"]!.AsObject();
        foreach (var (name, before) in released["components"]!["messages"]!.AsObject())
        {
            if (current["components"]!["messages"]![name] is not { } now)
            {
                breaks.Add($"{name} is gone");
                continue;
            }
            var sender = sent.ContainsKey(name) ? Sender.Client : Sender.Us;
            var schemas = new Schemas(released, current, sender, breaks);
            schemas.Compare(before!["headers"], now["headers"], $"{name} headers");
            schemas.Compare(before["payload"], now["payload"], name);
        }
        return breaks;
    }

    private static JsonNode? Json(JsonNode? body) => body?["content"]?["application/json"]?["schema"];

    private static void Parameters(JsonNode before, JsonNode now, string where, List<string> breaks)
    {
        static Dictionary<string, JsonNode> Of(JsonNode operation) =>
            (operation["parameters"]?.AsArray() ?? []).ToDictionary(p => $"{p!["in"]} {p["name"]}", p => p!);
        static bool Required(JsonNode parameter) => parameter["required"]?.GetValue<bool>() == true;
        var (old, current) = (Of(before), Of(now));
        breaks.AddRange(old.Keys.Except(current.Keys).Select(name => $"{where}: parameter {name} is gone"));
        breaks.AddRange(current.Where(p => Required(p.Value) && !(old.TryGetValue(p.Key, out var was) && Required(was)))
            .Select(p => $"{where}: parameter {p.Key} is required now"));
    }

    private sealed class Schemas(JsonNode released, JsonNode current, Sender sender, List<string> breaks)
    {
        private readonly HashSet<(string, string)> seen = [];

        public void Compare(JsonNode? before, JsonNode? now, string where)
        {
            if (before?["$ref"] is { } a && now?["$ref"] is { } b && !seen.Add((a.ToString(), b.ToString()))) return;
            (before, now) = (Resolve(released, before), Resolve(current, now));
            if (before is null) return;
            if (now is null)
            {
                breaks.Add($"{where} is gone");
                return;
            }
            var (was, types) = (Types(before), Types(now));
            if (sender == Sender.Client ? !was.IsSubsetOf(types) : !types.IsSubsetOf(was) || (was.Count > 0 && types.Count == 0))
                breaks.Add($"{where}: {string.Join('|', was)} became {string.Join('|', types)}");
            if (before["format"]?.ToString() != now["format"]?.ToString()) breaks.Add($"{where}: format {before["format"]} became {now["format"]}");
            if (sender == Sender.Client && now["enum"] is JsonArray codes && before["enum"] is var old)
                breaks.AddRange((old as JsonArray)?.Where(code => !codes.Any(c => JsonNode.DeepEquals(c, code))).Select(code => $"{where}: {code} is not accepted any more")
                    ?? [$"{where}: only some values are accepted now"]);

            var (members, today) = (Members(before), Members(now));
            foreach (var (name, member) in members)
                if (!today.TryGetValue(name, out var same)) breaks.Add($"{where}.{name} is gone");
                else Compare(member, same, $"{where}.{name}");
            var (had, has) = (Required(before), Required(now));
            breaks.AddRange(sender == Sender.Client
                ? has.Except(had).Select(name => $"{where}.{name} is required now")
                : had.Except(has).Where(today.ContainsKey).Select(name => $"{where}.{name} may be missing now"));
            if (before["items"] is not null) Compare(before["items"], now["items"], where + "[]");
        }

        private static JsonNode? Resolve(JsonNode root, JsonNode? schema)
        {
            while (schema?["$ref"] is { } reference) schema = Pointer.Find(root, reference.GetValue<string>());
            // "this or null" is how an optional object is written
            if ((schema?["oneOf"] ?? schema?["anyOf"]) is JsonArray choice && choice.FirstOrDefault(c => c!["type"]?.ToString() != "null") is { } real)
                return Resolve(root, real);
            return schema;
        }

        private static HashSet<string> Types(JsonNode schema) => schema["type"] switch
        {
            JsonArray several => [.. several.Select(t => t!.GetValue<string>())],
            { } one => [one.GetValue<string>()],
            null => []
        };

        private static Dictionary<string, JsonNode?> Members(JsonNode schema) => schema["properties"]?.AsObject().ToDictionary(p => p.Key, p => p.Value) ?? [];

        private static HashSet<string> Required(JsonNode schema) => [.. schema["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? []];
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Clinic.Contracts;

namespace Clinic.Hosting;

/// <summary>A body that is not the command it should be; names the member, never quotes its value.</summary>
public sealed class MalformedException(string? field, string reason) : Exception(reason)
{
    public string? Field { get; } = field;
}

/// <summary>Reads a command strictly.</summary>
public static partial class CommandJson
{
    /// <exception cref="MalformedException">Not JSON, or not this command's shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) throw new MalformedException(null, "The body is empty; a JSON object is expected.");
        CommandText.Check(body);
        try
        {
            return JsonSerializer.Deserialize<T>(body, ContractJson.Options) ?? throw new MalformedException(null, "The body is null; a JSON object is expected.");
        }
        catch (JsonException e)
        {
            throw Describe(e);
        }
    }

    private static MalformedException Describe(JsonException e)
    {
        // an unknown member's name is the sender's text: what cannot be stored is not repeated
        if (e.Path?.Any(char.IsControl) == true) return new MalformedException(null, "A member's name holds a control character.");
        var at = e.Path is null or "$" ? null : e.Path.StartsWith("$.", StringComparison.Ordinal) ? e.Path[2..] : e.Path;
        if (Missing().Match(e.Message) is { Success: true } missing)
        {
            var field = at is null ? missing.Groups[1].Value : $"{at}.{missing.Groups[1].Value}";
            return new MalformedException(field, $"'{field}' is required.");
        }
        if (Unknown().Match(e.Message) is { Success: true } unknown)
        {
            var field = at ?? unknown.Groups[1].Value;
            return new MalformedException(field, $"'{field}' is not a member of this command.");
        }
        if (e.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase)) return new MalformedException(at, "A member appears twice.");
        return at is null
            ? new MalformedException(null, "The body is not valid JSON.")
            : new MalformedException(at, $"'{at}' has the wrong type or is not valid JSON.");
    }

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex Missing();

    [GeneratedRegex("JSON property '([^']+)' could not be mapped")]
    private static partial Regex Unknown();
}

using System.Text.Json;
using Clinic.Contracts;

namespace Clinic.Hosting;

/// <summary>
/// Refuses text that cannot be stored as it came, or that would be shown as something else: bytes that are not UTF-8, half a
/// surrogate pair, NUL, and characters that turn the direction of what follows (UTS 55; right-to-left scripts need none of them).
/// </summary>
internal static class CommandText
{
    /// <exception cref="MalformedException">Names the member, never its value.</exception>
    public static void Check(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = ContractJson.Options.MaxDepth });
        var path = new string?[ContractJson.Options.MaxDepth + 2];
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) path[reader.CurrentDepth + 1] = null;
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
                var plain = !reader.ValueIsEscaped && !reader.ValueSpan.ContainsAnyExceptInRange((byte)' ', (byte)'~');
                var text = plain && reader.TokenType == JsonTokenType.String ? "" : Text(ref reader, path);
                if (!plain && text.AsSpan().IndexOfAny(Refused) is var at and >= 0)
                    throw new MalformedException(Field(reader, path), reader.TokenType == JsonTokenType.PropertyName ? "A member's name holds a control character."
                        : text[at] == '\0' ? $"'{Field(reader, path)}' holds NUL, which no text may." : $"'{Field(reader, path)}' holds a character that turns the direction of text.");
                if (reader.TokenType == JsonTokenType.PropertyName) path[reader.CurrentDepth] = text;
            }
        }
        catch (JsonException)
        {
            // not JSON at all, or too deep: whoever reads it as the command says so
        }
    }

    private static readonly System.Buffers.SearchValues<char> Refused = System.Buffers.SearchValues.Create(
        "\0\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    private static string Text(ref Utf8JsonReader reader, string?[] path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new MalformedException(Field(reader, path), reader.TokenType == JsonTokenType.PropertyName
                ? "A member's name is not text." : $"'{Field(reader, path)}' is not text: bytes that are not UTF-8, or half of a surrogate pair.");
        }
    }

    /// <summary>Where the value stands; array positions are left out.</summary>
    private static string? Field(Utf8JsonReader reader, string?[] path)
    {
        var depth = reader.TokenType == JsonTokenType.PropertyName ? reader.CurrentDepth - 1 : reader.CurrentDepth;
        return string.Join('.', path.Take(depth + 1).OfType<string>()) is { Length: > 0 } field ? field : null;
    }
}

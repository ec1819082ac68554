using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Clinic.EventLog;

/// <summary>
/// The one spelling of a JSON value that is hashed: RFC 8785 (JCS), narrowed to integers within ±(2^53 − 1), because
/// PostgreSQL's jsonb keeps those and strings exactly and rewrites everything else (1e2, 1.50, duplicate keys).
/// </summary>
public static class CanonicalJson
{
    private const long MaxInteger = (1L << 53) - 1;
    private const int MaxDepth = 32;

    /// <summary>Writes the canonical form of <paramref name="element"/>.</summary>
    /// <exception cref="FormatException">A number, key or string the profile does not allow; the message names the path.</exception>
    public static void Write(JsonElement element, IBufferWriter<byte> to) => Write(element, to, "$", 0);

    /// <summary>The canonical form of JSON text as UTF-8.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth + 1 });
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        Write(document.RootElement, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement element, IBufferWriter<byte> to, string path, int depth)
    {
        if (depth > MaxDepth) throw new FormatException($"{path}: nested deeper than {MaxDepth}");
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(element, to, path, depth); break;
            case JsonValueKind.Array:
                to.Write("["u8);
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (index > 0) to.Write(","u8);
                    Write(item, to, $"{path}[{index++}]", depth + 1);
                }
                to.Write("]"u8);
                break;
            case JsonValueKind.String: WriteString(Text(element, path), to, path); break;
            case JsonValueKind.Number:
                if (!element.TryGetInt64(out var number) || number is > MaxInteger or < -MaxInteger)
                    throw new FormatException($"{path}: only integers up to 2^53 - 1 are allowed; write decimals as strings");
                // -0 reads as 0 and 1e2 as 100: the text must already be the plain integer
                var text = number.ToString(CultureInfo.InvariantCulture);
                if (element.GetRawText() != text) throw new FormatException($"{path}: {element.GetRawText()} is not a plain integer");
                to.Write(Encoding.ASCII.GetBytes(text));
                break;
            case JsonValueKind.True: to.Write("true"u8); break;
            case JsonValueKind.False: to.Write("false"u8); break;
            default: to.Write("null"u8); break;
        }
    }

    private static void WriteObject(JsonElement element, IBufferWriter<byte> to, string path, int depth)
    {
        var members = element.EnumerateObject().Select(member => (Name: NameOf(member, path), member.Value)).ToArray();
        // JCS orders keys by UTF-16 code units, which is what ordinal comparison of .NET strings does
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        to.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            var (name, value) = members[i];
            if (i > 0)
            {
                if (name == members[i - 1].Name) throw new FormatException($"{path}: duplicate key '{name}'");
                to.Write(","u8);
            }
            WriteString(name, to, path);
            to.Write(":"u8);
            Write(value, to, $"{path}.{name}", depth + 1);
        }
        to.Write("}"u8);
    }

    // an escaped half of a surrogate pair is text to the parser, but no string
    private static string Text(JsonElement element, string path)
    {
        try { return element.GetString()!; }
        catch (InvalidOperationException) { throw new FormatException($"{path}: lone surrogate"); }
    }

    private static string NameOf(JsonProperty member, string path)
    {
        try { return member.Name; }
        catch (InvalidOperationException) { throw new FormatException($"{path}: lone surrogate in a key"); }
    }

    private static void WriteString(string value, IBufferWriter<byte> to, string path)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\f': text.Append("\\f"); break;
                case '\r': text.Append("\\r"); break;
                case '\0': throw new FormatException($"{path}: NUL cannot be stored");
                case < ' ': text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) text.Append(c).Append(value[++i]);
                    else if (char.IsSurrogate(c)) throw new FormatException($"{path}: lone surrogate");
                    else text.Append(c);
                    break;
            }
        }
        to.Write(Encoding.UTF8.GetBytes(text.Append('"').ToString()));
    }
}

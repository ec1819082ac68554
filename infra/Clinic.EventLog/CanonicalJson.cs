using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Clinic.EventLog;

/// <summary>
/// The one spelling of a JSON value that is hashed: RFC 8785 (JCS), narrowed to integers within ±(2^53 − 1), because
/// PostgreSQL's jsonb keeps those and strings exactly and rewrites everything else (1e2, 1.50, duplicate keys).
/// </summary>
public static class CanonicalJson
{
    internal const long MaxInteger = (1L << 53) - 1;
    private const int MaxDepth = 32;

    /// <summary>Writes the canonical form of <paramref name="element"/>.</summary>
    /// <exception cref="FormatException">A number, key or string the profile does not allow; the message names the path.</exception>
    public static void Write(JsonElement element, IBufferWriter<byte> to) => Write(element, to, new Place(null, "$"), 0);

    /// <summary>The canonical form of JSON text as UTF-8.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        WriteMember(json, buffer, null);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>JSON text as the value of a member of the outermost object, whose name errors begin with.</summary>
    internal static void WriteMember(ReadOnlyMemory<byte> json, IBufferWriter<byte> to, string? name)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth + 1 });
        var root = new Place(null, "$");
        if (name is null) Write(document.RootElement, to, root, 0);
        else Write(document.RootElement, to, new Place(root, "." + name), 1);
    }

    /// <summary>One string, quoted.</summary>
    internal static void WriteString(string value, IBufferWriter<byte> to, string name) => WriteString(value, to, new Place(null, "$." + name));

    private static void Write(JsonElement element, IBufferWriter<byte> to, Place place, int depth)
    {
        if (depth > MaxDepth) throw place.Error($"nested deeper than {MaxDepth}");
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(element, to, place, depth); break;
            case JsonValueKind.Array:
                to.Write("["u8);
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (index > 0) to.Write(","u8);
                    Write(item, to, new Place(place, null, index++), depth + 1);
                }
                to.Write("]"u8);
                break;
            case JsonValueKind.String:
                var quoted = JsonMarshal.GetRawUtf8Value(element);
                if (IsCanonical(quoted)) to.Write(quoted); else WriteString(Text(element, place), to, place);
                break;
            case JsonValueKind.Number: WriteNumber(element, to, place); break;
            case JsonValueKind.True: to.Write("true"u8); break;
            case JsonValueKind.False: to.Write("false"u8); break;
            default: to.Write("null"u8); break;
        }
    }

    private static void WriteNumber(JsonElement element, IBufferWriter<byte> to, Place place)
    {
        if (!element.TryGetInt64(out var number) || number is > MaxInteger or < -MaxInteger)
            throw place.Error("only integers up to 2^53 - 1 are allowed; write decimals as strings");
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, text, out var length);
        // -0 reads as 0 and 1e2 as 100: the text must already be the plain integer
        if (!text[..length].SequenceEqual(JsonMarshal.GetRawUtf8Value(element))) throw place.Error($"{element.GetRawText()} is not a plain integer");
        to.Write(text[..length]);
    }

    private static void WriteObject(JsonElement element, IBufferWriter<byte> to, Place place, int depth)
    {
        var members = element.EnumerateObject().ToArray();
        foreach (var member in members) Check(member, place);
        Array.Sort(members, Compare);
        to.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (Compare(members[i], members[i - 1]) == 0) throw place.Error($"duplicate key '{members[i].Name}'");
                to.Write(","u8);
            }
            var raw = JsonMarshal.GetRawUtf8PropertyName(members[i]);
            if (IsCanonical(raw))
            {
                to.Write("\""u8);
                to.Write(raw);
                to.Write("\""u8);
            }
            else
            {
                WriteString(members[i].Name, to, place);
            }
            to.Write(":"u8);
            Write(members[i].Value, to, new Place(place, null, -1, members[i]), depth + 1);
        }
        to.Write("}"u8);
    }

    // an escaped half of a surrogate pair is text to the parser, but no string
    private static string Text(JsonElement element, Place place)
    {
        try { return element.GetString()!; }
        catch (InvalidOperationException) { throw place.Error("lone surrogate"); }
    }

    private static void Check(JsonProperty member, Place place)
    {
        if (IsCanonical(JsonMarshal.GetRawUtf8PropertyName(member))) return;
        try { _ = member.Name; }
        catch (InvalidOperationException) { throw place.Error("lone surrogate in a key"); }
    }

    /// <summary>JCS orders keys by UTF-16 code units; for plain ASCII that is the order of the bytes.</summary>
    private static int Compare(JsonProperty a, JsonProperty b)
    {
        var x = JsonMarshal.GetRawUtf8PropertyName(a);
        var y = JsonMarshal.GetRawUtf8PropertyName(b);
        return Ascii.IsValid(x) && Ascii.IsValid(y) && !x.Contains((byte)'\\') && !y.Contains((byte)'\\')
            ? x.SequenceCompareTo(y)
            : string.CompareOrdinal(a.Name, b.Name);
    }

    /// <summary>Without an escape, what stands between the quotes of valid JSON is already the one spelling.</summary>
    private static bool IsCanonical(ReadOnlySpan<byte> raw) => !raw.Contains((byte)'\\') && Utf8.IsValid(raw);

    private static void WriteString(string value, IBufferWriter<byte> to, Place place)
    {
        to.Write("\""u8);
        var rest = value.AsSpan();
        while (true)
        {
            // runs that need no escape go at once
            var run = rest.IndexOfAny(Special);
            var plain = run < 0 ? rest : rest[..run];
            if (Utf8.FromUtf16(plain, to.GetSpan(plain.Length * 3 + 1), out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
                throw place.Error("lone surrogate");
            to.Advance(written);
            if (run < 0) break;
            to.Write(Escape(rest[run], place));
            rest = rest[(run + 1)..];
        }
        to.Write("\""u8);
    }

    private static readonly SearchValues<char> Special = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    private static ReadOnlySpan<byte> Escape(char c, Place place) => c switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        '\0' => throw place.Error("NUL cannot be stored"),
        _ => Encoding.ASCII.GetBytes($"\\u{(int)c:x4}")
    };

    /// <summary>Where in the document we are; spelled out only when something is wrong there.</summary>
    private sealed class Place(Place? parent, string? text, int index = -1, JsonProperty member = default)
    {
        public FormatException Error(string problem) => new($"{this}: {problem}");

        public override string ToString() => $"{parent}{text ?? (index >= 0 ? $"[{index}]" : "." + member.Name)}";
    }
}

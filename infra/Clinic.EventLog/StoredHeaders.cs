using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Clinic.EventLog;

/// <summary>Headers as they stand in the row, parsed when somebody asks: views hardly ever do, and a rebuild reads them all.</summary>
internal sealed class StoredHeaders(string? json) : IReadOnlyDictionary<string, string>
{
    private IReadOnlyDictionary<string, string>? parsed;

    private IReadOnlyDictionary<string, string> All => parsed ??= StreamLoader.Headers(json);

    public int Count => All.Count;

    public IEnumerable<string> Keys => All.Keys;

    public IEnumerable<string> Values => All.Values;

    public string this[string key] => All[key];

    public bool ContainsKey(string key) => All.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => All.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

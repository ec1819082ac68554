using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Clinic.Contracts;

namespace Clinic.EventLog;

/// <summary>
/// The event types a service knows, found through the Create and Apply methods of its states. The stored name is the
/// snake_case class name, as Marten makes it; a class may be moved, never renamed.
/// </summary>
public sealed class EventTypes
{
    /// <summary>As contracts, but an optional member added later must not stop an earlier build from reading.</summary>
    private static readonly JsonSerializerOptions Reading = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private readonly Dictionary<string, Type> byName = new(StringComparer.Ordinal);

    /// <summary>Takes every event type the given states fold.</summary>
    /// <exception cref="ArgumentException">Two event types share a stored name.</exception>
    public EventTypes(params Type[] states)
    {
        foreach (var type in states.SelectMany(Fold.EventTypesOf))
            if (!byName.TryAdd(NameOf(type), type) && byName[NameOf(type)] != type)
                throw new ArgumentException($"{type} and {byName[NameOf(type)]} would both be stored as {NameOf(type)}");
    }

    /// <summary>The stored names, for documentation and tests.</summary>
    public IEnumerable<KeyValuePair<string, Type>> All => byName;

    /// <summary>consent_granted for ConsentGranted.</summary>
    public static string NameOf(Type type)
    {
        var name = new StringBuilder(type.Name.Length + 8);
        foreach (var c in type.Name)
        {
            if (char.IsUpper(c) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(c));
        }
        return name.ToString();
    }

    /// <summary><c>Namespace.Type, Assembly</c>: a hint for Marten; we never trust it.</summary>
    public static string DotNetNameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>The stored JSON of an event.</summary>
    public static string Write(object data) => JsonSerializer.Serialize(data, data.GetType(), ContractJson.Options);

    /// <summary>Reads an event.</summary>
    /// <exception cref="UnknownEventTypeException">This build does not know the type.</exception>
    public object Read(string name, string json) => byName.TryGetValue(name, out var type)
        ? JsonSerializer.Deserialize(json, type, Reading) ?? throw new JsonException($"{name}: null is not an event")
        : throw new UnknownEventTypeException(name);
}

/// <summary>An event of a type this build does not know: nothing is folded, published or projected past it.</summary>
public sealed class UnknownEventTypeException(string name) : Exception($"unknown event type '{name}'");

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Clinic.Contracts;
using Clinic.EventLog.Keys;

namespace Clinic.EventLog;

/// <summary>
/// The event types a service knows, found through the Create and Apply methods of its states. The stored name is the
/// snake_case class name, as Marten makes it; a class may be moved, and with an <see cref="Upcaster"/> renamed or reshaped.
/// </summary>
public sealed class EventTypes
{
    /// <summary>As contracts, but an optional member added later must not stop an earlier build from reading.</summary>
    private static readonly JsonSerializerOptions Reading = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private readonly Dictionary<string, Type> byName = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Upcaster> upcasters = new(StringComparer.Ordinal);

    /// <summary>Takes every event type the given states fold.</summary>
    /// <exception cref="ArgumentException">Two event types share a stored name.</exception>
    public EventTypes(params Type[] states) : this(states, [])
    {
    }

    /// <summary>Takes every event type the given states fold, and how earlier ones become them.</summary>
    /// <exception cref="ArgumentException">
    /// Two event types share a stored name, two upcasters start from one, or a chain does not end at a current event type.
    /// </exception>
    /// <param name="encryption">Null where no event has personal members, or nobody reads or writes them.</param>
    public EventTypes(IReadOnlyCollection<Type> states, IReadOnlyCollection<Upcaster> earlier, FieldEncryption? encryption = null)
    {
        Encryption = encryption;
        States = states;
        foreach (var type in states.SelectMany(Fold.EventTypesOf))
            if (!byName.TryAdd(NameOf(type), type) && byName[NameOf(type)] != type)
                throw new ArgumentException($"{type} and {byName[NameOf(type)]} would both be stored as {NameOf(type)}");
        foreach (var step in earlier)
            if (byName.ContainsKey(step.From) || !upcasters.TryAdd(step.From, step))
                throw new ArgumentException($"an upcaster starts from {step.From}, which has a reader already");
        foreach (var step in earlier)
        {
            var (name, steps) = (step.To, 0);
            while (upcasters.TryGetValue(name, out var next) && steps++ < upcasters.Count) name = next.To;
            if (!byName.ContainsKey(name)) throw new ArgumentException($"{step.From} is not read as any current event type");
        }
    }

    /// <summary>Encrypts and opens personal members.</summary>
    public FieldEncryption? Encryption { get; }

    /// <summary>The states they were found through.</summary>
    public IReadOnlyCollection<Type> States { get; }

    /// <summary>Every stored name there is a reader for, and what it is read as.</summary>
    internal IEnumerable<KeyValuePair<string, Type>> Readable =>
        byName.Concat(upcasters.Keys.Select(name =>
        {
            var current = name;
            while (upcasters.TryGetValue(current, out var step)) current = step.To;
            return KeyValuePair.Create(name, byName[current]);
        }));

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

    /// <summary>The JSON of an event, open.</summary>
    public static string Write(object data) => JsonSerializer.Serialize(data, data.GetType(), ContractJson.Options);

    /// <summary>The stored JSON of an event: personal members encrypted for this one place.</summary>
    /// <exception cref="PersonalDataErasedException">The person was erased; nothing personal is ever stored again.</exception>
    /// <exception cref="PersonalDataUnavailableException">The key store does not answer.</exception>
    public ValueTask<string> Write(object data, string tenant, string stream, Guid id, CancellationToken ct) =>
        PersonalMembers.Of(data.GetType()) is not { } members ? new(Write(data))
        : Encryption is null ? throw new InvalidOperationException($"{data.GetType().Name} has personal members, and this store has no keys")
        : Encryption.Seal(data, members, tenant, stream, id, ct);

    /// <summary>Reads an event with its personal members opened; those the key store cannot be asked for stay closed.</summary>
    /// <exception cref="UnknownEventTypeException">This build does not know the type.</exception>
    /// <exception cref="IntegrityException">An encrypted member was changed or moved.</exception>
    public ValueTask<object> Read(string name, byte[] json, string tenant, string stream, Guid id, CancellationToken ct)
    {
        if (Encryption is null) return new(Read(name, json));
        if (!byName.TryGetValue(name, out var type)) return ReadEarlier(Encryption, name, json, tenant, stream, id, ct);
        return PersonalMembers.Of(type) is { } members ? ReadPersonal(Encryption, members, name, json, tenant, stream, id, ct) : new(Read(name, json));
    }

    /// <summary>Reads an event, an earlier one as what it has become; encrypted members stay encrypted.</summary>
    /// <exception cref="UnknownEventTypeException">This build does not know the type.</exception>
    public object Read(string name, string json) => byName.TryGetValue(name, out var type)
        ? JsonSerializer.Deserialize(json, type, Reading) ?? throw Null(name)
        : Upcast(name, () => JsonNode.Parse(json));

    /// <summary>Reads an event from UTF-8; encrypted members stay encrypted.</summary>
    /// <exception cref="UnknownEventTypeException">This build does not know the type.</exception>
    public object Read(string name, byte[] json) => byName.TryGetValue(name, out var type)
        ? JsonSerializer.Deserialize(json, type, Reading) ?? throw Null(name)
        : Upcast(name, () => JsonNode.Parse(json));

    private async ValueTask<object> ReadPersonal(
        FieldEncryption encryption, PersonalMembers members, string name, byte[] json, string tenant, string stream, Guid id, CancellationToken ct)
    {
        var happened = Read(name, json);
        await encryption.Open(happened, members, tenant, stream, id, Reading, ct);
        return happened;
    }

    private async ValueTask<object> ReadEarlier(
        FieldEncryption encryption, string name, byte[] json, string tenant, string stream, Guid id, CancellationToken ct)
    {
        var data = JsonNode.Parse(json) as JsonObject ?? throw Null(name);
        await encryption.Open(data, tenant, stream, id, ct);
        return Upcast(name, () => data);
    }

    private object Upcast(string stored, Func<JsonNode?> parse)
    {
        if (!upcasters.ContainsKey(stored)) throw new UnknownEventTypeException(stored);
        var name = stored;
        var data = parse() as JsonObject ?? throw Null(stored);
        while (upcasters.TryGetValue(name, out var step)) (name, data) = (step.To, step.Convert(data));
        return data.Deserialize(byName[name], Reading) ?? throw Null(stored);
    }

    private static JsonException Null(string name) => new($"{name}: null is not an event");
}

/// <summary>An event of a type this build does not know: nothing is folded, published or projected past it.</summary>
public sealed class UnknownEventTypeException(string name) : Exception($"unknown event type '{name}'");

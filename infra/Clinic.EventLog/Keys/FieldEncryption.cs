using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.Contracts;

namespace Clinic.EventLog.Keys;

/// <summary>Encrypts personal members when an event is stored and opens them when it is folded.</summary>
public sealed class FieldEncryption(DataKeys keys)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The keys it uses.</summary>
    public DataKeys Keys => keys;

    /// <summary>A copy of an encrypted text that a view holds, opened for somebody who reads the view.</summary>
    /// <param name="subject">Whose it is, as <see cref="Subjects"/> names them.</param>
    /// <returns>Null when it was erased.</returns>
    /// <exception cref="PersonalDataUnavailableException">The key store does not answer.</exception>
    public async ValueTask<T?> Read<T>(string text, FieldPlace place, string subject, string dataClass = DataClasses.Record, CancellationToken ct = default)
    {
        if (!FieldCipher.IsSealed(text)) return JsonSerializer.Deserialize<T>(text, ContractJson.Options);
        var key = await Find(text, place.Tenant, new KeyOwner(place.Tenant, subject, dataClass), ct);
        if (key.Secret is null) return default;
        return JsonSerializer.Deserialize<T>(FieldCipher.Open(text, key.Secret, place), ContractJson.Options);
    }

    /// <summary>The stored JSON of an event, its personal members encrypted.</summary>
    internal async ValueTask<string> Seal(object happened, PersonalMembers members, string tenant, string stream, Guid id, CancellationToken ct)
    {
        var with = new Dictionary<string, DataKey>(members.All.Count, StringComparer.Ordinal);
        foreach (var member in members.All)
            if (member.Of(happened) is not null) with[member.Name] = await keys.Of(member.Owner(tenant, happened), ct);
        var plain = EventTypes.Write(happened);
        if (with.Count == 0) return plain;

        var to = new ArrayBufferWriter<byte>(plain.Length * 2 + 128);
        using (var document = JsonDocument.Parse(plain))
        using (var writer = new Utf8JsonWriter(to, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!with.TryGetValue(member.Name, out var key))
                {
                    member.WriteTo(writer);
                    continue;
                }
                // what may not be stored openly may not be stored encrypted either
                var canonical = new ArrayBufferWriter<byte>();
                CanonicalJson.WriteMember(JsonMarshal.GetRawUtf8Value(member.Value).ToArray(), canonical, "data." + member.Name);
                writer.WriteString(member.Name, FieldCipher.Seal(canonical.WrittenSpan, key.Id, key.Secret, new FieldPlace(tenant, stream, id, member.Name)));
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(to.WrittenSpan);
    }

    /// <summary>Opens the members of an event that was just read. What the key store cannot be asked for stays closed.</summary>
    internal async ValueTask Open(object happened, PersonalMembers members, string tenant, string stream, Guid id, JsonSerializerOptions options, CancellationToken ct)
    {
        foreach (var member in members.All)
        {
            if (member.Of(happened) is not { Sealed: { } text } personal) continue;
            if (await Opened(text, new FieldPlace(tenant, stream, id, member.Name), member.Owner(tenant, happened), ct) is not { } key) continue;
            if (key.Secret is null)
            {
                personal.Erase();
                continue;
            }
            using var json = JsonDocument.Parse(FieldCipher.Open(text, key.Secret, new FieldPlace(tenant, stream, id, member.Name)));
            personal.Open(json.RootElement, options);
        }
    }

    /// <summary>Opens an earlier event's members before it is upcast, found by their text because its type is gone.</summary>
    internal async ValueTask Open(JsonObject data, string tenant, string stream, Guid id, CancellationToken ct)
    {
        foreach (var (name, node) in data.ToArray())
        {
            if (node is not JsonValue value || !value.TryGetValue<string>(out var text) || !FieldCipher.IsSealed(text)) continue;
            var place = new FieldPlace(tenant, stream, id, name);
            if (await Opened(text, place, null, ct) is not { } key) continue;
            data[name] = key.Secret is null
                ? new JsonObject { [IPersonal.ErasedMember] = true }
                : JsonNode.Parse(FieldCipher.Open(text, key.Secret, place));
        }
    }

    private async ValueTask<DataKey?> Opened(string text, FieldPlace place, KeyOwner? owner, CancellationToken ct)
    {
        try
        {
            return await Find(text, place.Tenant, owner, ct);
        }
        catch (PersonalDataUnavailableException)
        {
            // whoever needs this member is refused; the stream's other decisions go on
            keys.Unavailable();
            return null;
        }
    }

    private ValueTask<DataKey> Find(string text, string tenant, KeyOwner? owner, CancellationToken ct) => keys.Find(FieldCipher.KeyOf(text), tenant, owner, ct);
}

using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Clinic.EventLog.Keys;

namespace Clinic.EventLog;

/// <summary>A secret that never enters the database; its id is stored with every seal made with it.</summary>
public sealed record MacKey(string Id, byte[] Secret);

/// <summary>The hash of an event and the proof that this service wrote it.</summary>
public readonly record struct Seal(byte[] Hash, byte[] Mac, string MacKeyId);

/// <summary>
/// Seals events: <c>hash = SHA-256(canonical form)</c>, <c>mac = HMAC-SHA-256(key, hash)</c>. The canonical form, version 1,
/// is the JCS spelling of {v, installation, service, tenant, stream, version, id, type, ts, user, correlation, causation,
/// headers, data}; <c>ts</c> is microseconds since 1970. Pinned by tests/Contracts/golden/event-hash.v1.json.
/// </summary>
/// <param name="keys">Asked each time, so that a rotation needs no restart: the first key seals, all verify.</param>
public sealed class EventSeal(Guid installation, string service, Func<KeyRing> keys)
{
    private const int FormatVersion = 1;
    private readonly string installation = installation.ToString();

    public EventSeal(Guid installation, string service, MacKey current) : this(installation, service, Only(current))
    {
    }

    /// <summary>The bytes that are hashed.</summary>
    /// <exception cref="FormatException">The data holds something the profile does not allow.</exception>
    public byte[] Canonical(SealedFields e)
    {
        // the members stand in the order JCS sorts them
        var to = new ArrayBufferWriter<byte>(640 + e.Data.Length);
        void Text(ReadOnlySpan<byte> lead, string? value, string name)
        {
            to.Write(lead);
            if (value is null) to.Write("null"u8); else CanonicalJson.WriteString(value, to, name);
        }
        void Number(ReadOnlySpan<byte> lead, long value)
        {
            to.Write(lead);
            if (value is > CanonicalJson.MaxInteger or < -CanonicalJson.MaxInteger) throw new FormatException("$: only integers up to 2^53 - 1 are allowed");
            Utf8Formatter.TryFormat(value, to.GetSpan(20), out var written);
            to.Advance(written);
        }
        Text("{\"causation\":"u8, e.Causation, "causation");
        Text(",\"correlation\":"u8, e.Correlation, "correlation");
        to.Write(",\"data\":"u8);
        CanonicalJson.WriteMember(Encoding.UTF8.GetBytes(e.Data), to, "data");
        to.Write(",\"headers\":"u8);
        if (e.Headers is null) to.Write("null"u8); else CanonicalJson.WriteMember(Encoding.UTF8.GetBytes(e.Headers), to, "headers");
        Text(",\"id\":"u8, e.Id.ToString(), "id");
        Text(",\"installation\":"u8, this.installation, "installation");
        Text(",\"service\":"u8, service, "service");
        Text(",\"stream\":"u8, e.Stream, "stream");
        Text(",\"tenant\":"u8, e.Tenant, "tenant");
        Number(",\"ts\":"u8, Microseconds(e.Timestamp));
        Text(",\"type\":"u8, e.Type, "type");
        Text(",\"user\":"u8, e.User, "user");
        Number(",\"v\":"u8, FormatVersion);
        Number(",\"version\":"u8, e.Version);
        to.Write("}"u8);
        return to.WrittenSpan.ToArray();
    }

    /// <summary>Hashes and signs with the current key.</summary>
    public Seal Over(SealedFields e)
    {
        var hash = SHA256.HashData(Canonical(e));
        var current = keys().Current;
        return new Seal(hash, HMACSHA256.HashData(current.Secret, hash), current.Id);
    }

    /// <summary>True when this service made the seal over exactly these fields.</summary>
    public bool Holds(SealedFields e, Seal seal) =>
        MacHolds(seal) && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Canonical(e)), seal.Hash);

    /// <summary>True when the MAC belongs to the hash; cheap, and all the sequencer can ask.</summary>
    public bool MacHolds(Seal seal)
    {
        var key = keys().Find(seal.MacKeyId);
        return key is not null && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Secret, seal.Hash), seal.Mac);
    }

    /// <summary>PostgreSQL keeps microseconds and rounds; so we cut before anything is hashed or stored.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset instant) => new(instant.UtcTicks / 10 * 10, TimeSpan.Zero);

    private static Func<KeyRing> Only(MacKey key)
    {
        var ring = new KeyRing(new NamedKey(key.Id, key.Secret));
        return () => ring;
    }

    private static long Microseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;
}

/// <summary>What a seal covers. <paramref name="Data"/> and <paramref name="Headers"/> are JSON text in any spelling.</summary>
public readonly record struct SealedFields(
    string Tenant, string Stream, long Version, Guid Id, string Type, DateTimeOffset Timestamp,
    string? User, string? Correlation, string? Causation, string? Headers, string Data);

/// <summary>Stored history is not what this service wrote. Nothing may be decided on it.</summary>
public sealed class IntegrityException(string message) : Exception(message);

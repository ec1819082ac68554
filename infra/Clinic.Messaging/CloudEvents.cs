using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Clinic.Contracts;
using Clinic.EventLog;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>
/// CloudEvents 1.0, binary mode, as AMQP 0-9-1 headers <c>cloudEvents_*</c> (the official binding is AMQP 1.0). Every value is
/// a string, so that no client has to guess a number's type.
/// </summary>
public static class CloudEvents
{
    private const string Prefix = "cloudEvents_";

    internal static BasicProperties Properties(string service, string user, string tenant, PublishedEvent published, string contract)
    {
        var e = published.Logged.Event;
        var properties = Base(service, user, contract, e.Id.ToString(), e.Timestamp, tenant);
        var headers = properties.Headers!;
        Set(headers, "subject", e.StreamKey);
        Set(headers, "sequence", published.Sequence.ToString(CultureInfo.InvariantCulture));
        Set(headers, "tenantsequence", published.TenantSequence.ToString(CultureInfo.InvariantCulture));
        Set(headers, "partitionkey", e.StreamKey);
        Set(headers, "streamversion", e.Version.ToString(CultureInfo.InvariantCulture));
        Set(headers, "eventhash", Convert.ToHexStringLower(published.Logged.Hash));
        Set(headers, "actor", e.UserName);
        Set(headers, "actorrole", e.Headers.GetValueOrDefault(EventHeaders.Role));
        Set(headers, "onbehalfof", e.Headers.GetValueOrDefault(EventHeaders.OnBehalfOf));
        Set(headers, "purposeofuse", e.Headers.GetValueOrDefault(EventHeaders.PurposeOfUse));
        Set(headers, "correlationid", e.CorrelationId);
        Set(headers, "causationid", e.CausationId);
        Set(headers, "traceparent", e.Headers.GetValueOrDefault(EventHeaders.TraceParent));
        return properties;
    }

    internal static BasicProperties Base(string service, string user, string contract, string id, DateTimeOffset time, string? tenant = null)
    {
        var headers = new Dictionary<string, object?>();
        Set(headers, "specversion", "1.0");
        Set(headers, "id", id);
        Set(headers, "source", "/clinic/" + service);
        Set(headers, "type", contract);
        Set(headers, "time", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Set(headers, "tenant", tenant);
        return new BasicProperties
        {
            MessageId = id,
            Type = contract,
            AppId = service,
            UserId = user,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(time.ToUnixTimeSeconds()),
            Headers = headers
        };
    }

    /// <summary>Reads a public event or heartbeat. CloudEvents allows both spellings of the prefix, so we take either.</summary>
    /// <exception cref="FormatException">A required attribute is missing; the message names it.</exception>
    public static ReceivedMessage Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        string? Get(string name) => Attribute(properties, name);
        string Need(string name) => Get(name) ?? throw new FormatException($"header {Prefix}{name} is missing");
        long Number(string name) => long.TryParse(Get(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

        var type = Need("type");
        return new ReceivedMessage(
            Need("id"), type, Get("subject") ?? "", Get("tenant") ?? Topology.NoTenant, Number("sequence"), Number("tenantsequence"),
            DateTimeOffset.Parse(Need("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Number("streamversion"),
            Get("eventhash"), Get("actor"), Get("actorrole"), Get("onbehalfof"), Get("purposeofuse"), Get("correlationid"),
            Get("causationid"), Get("traceparent"), Encoding.UTF8.GetString(body.Span));
    }

    /// <summary>One attribute, or null.</summary>
    internal static string? Attribute(IReadOnlyBasicProperties properties, string name) =>
        Text(properties, Prefix + name) ?? Text(properties, "cloudEvents:" + name);

    /// <summary>A header that is a text, or null.</summary>
    internal static string? Text(IReadOnlyBasicProperties properties, string header)
    {
        object? value = null;
        properties.Headers?.TryGetValue(header, out value);
        return value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), string text => text, _ => null };
    }

    private static void Set(IDictionary<string, object?> headers, string name, string? value)
    {
        if (value is not null) headers[Prefix + name] = value;
    }
}

/// <summary>A public event as it arrived. What it says of its sender has been checked against the broker's user-id.</summary>
public sealed record ReceivedMessage(
    string Id, string Type, string Subject, string Tenant, long Sequence, long TenantSequence, DateTimeOffset Time, long StreamVersion,
    string? EventHash, string? Actor, string? ActorRole, string? OnBehalfOf, string? PurposeOfUse, string? CorrelationId,
    string? CausationId, string? TraceParent, string Body)
{
    /// <summary>A producer may already send an optional member that this build does not know; commands from outside stay strict.</summary>
    private static readonly JsonSerializerOptions Reading = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>The body as a contract.</summary>
    /// <exception cref="JsonException">It does not have the contract's shape.</exception>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, Reading) ?? throw new JsonException($"{Type}: null body");
}

using System.Text;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>
/// A request for events again, after the door: who asks is who the broker says it is, and what it gets is its own. A service gets
/// everything, in the queue it follows us with. A clinic system gets its tenant's events, counted in tenant sequences, in a queue
/// <c>events.{user}.…</c> that it names, and a page at a time: a queue nobody empties must not fill the broker.
/// </summary>
/// <param name="Queue">Where the answer goes.</param>
/// <param name="Tenant">Null for a service, which counts in producer sequences.</param>
/// <param name="From">Next sequence to send.</param>
/// <param name="UpTo">Last one to send.</param>
/// <param name="Left">How many events the answer may still have.</param>
/// <param name="Id">Of the request, so that a clinic system knows what is being answered.</param>
internal sealed record RepublishRequest(string Consumer, string Queue, string? Tenant, long From, long UpTo, int Left, string? Id)
{
    /// <summary>Most events in one answer to a clinic system; it asks on from where the answer ended.</summary>
    public const int MostPerRequest = 1000;

    private const int MaxBody = 4 * 1024;

    /// <exception cref="RequestRefusedException">It may not be answered; says why.</exception>
    public static RepublishRequest Read(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, string producer)
    {
        var user = properties.UserId ?? throw new RequestRefusedException("no user-id");
        var request = Parse<RepublishRequested>(body);
        if (request.Consumer != user) throw new RequestRefusedException($"for {request.Consumer}: not its own name");
        if (request.Producer != producer) throw new RequestRefusedException("another producer's events");
        if (request.FromSequence < 1 || request.UpToSequence < request.FromSequence) throw new RequestRefusedException("no range of sequences");
        if (!user.Contains('.', StringComparison.Ordinal))
            return new RepublishRequest(user, Topology.OrderedQueue(user, producer), null, request.FromSequence, request.UpToSequence, int.MaxValue, properties.MessageId);

        if (!Ingress.IsSystem(user)) throw new RequestRefusedException("user-id is not tenant.system");
        if (properties.ReplyTo is not { } queue || !Owns(user, queue)) throw new RequestRefusedException("reply-to is not a queue of its own");
        return new RepublishRequest(user, queue, user[..user.IndexOf('.', StringComparison.Ordinal)], request.FromSequence, request.UpToSequence, MostPerRequest, properties.MessageId);
    }

    /// <summary>The answer goes to everybody who keeps checkpoints, so only the installation's own services may ask.</summary>
    /// <exception cref="RequestRefusedException">It may not be answered; says why.</exception>
    public static CheckpointsRequested ReadCheckpoints(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, string producer)
    {
        var user = properties.UserId ?? throw new RequestRefusedException("no user-id");
        var request = Parse<CheckpointsRequested>(body);
        if (request.Consumer != user) throw new RequestRefusedException($"for {request.Consumer}: not its own name");
        if (request.Producer != producer) throw new RequestRefusedException("another producer's checkpoints");
        if (user.Contains('.', StringComparison.Ordinal)) throw new RequestRefusedException("checkpoints are sent again for services only");
        return request;
    }

    /// <summary>Entries tell of every clinic's events, if not what they say: for the installation's own services.</summary>
    /// <exception cref="RequestRefusedException">It may not be answered; says why.</exception>
    public static EntriesRequested ReadEntries(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, string producer)
    {
        var user = properties.UserId ?? throw new RequestRefusedException("no user-id");
        var request = Parse<EntriesRequested>(body);
        if (request.Consumer != user) throw new RequestRefusedException($"for {request.Consumer}: not its own name");
        if (request.Producer != producer) throw new RequestRefusedException("another producer's entries");
        if (user.Contains('.', StringComparison.Ordinal)) throw new RequestRefusedException("entries are sent to services only");
        if (request.From < 0 || request.UpTo <= request.From) throw new RequestRefusedException("no range of positions");
        return request;
    }

    private static T Parse<T>(ReadOnlySpan<byte> body) where T : class
    {
        if (body.Length > MaxBody) throw new RequestRefusedException("too large");
        try
        {
            return JsonSerializer.Deserialize<T>(body, ContractJson.Options) ?? throw new RequestRefusedException("null");
        }
        catch (JsonException e)
        {
            throw new RequestRefusedException($"malformed at {e.Path}");
        }
    }

    /// <summary>The broker lets a client make and read queues under its own prefix only, and so do we.</summary>
    private static bool Owns(string user, string queue) => queue.StartsWith($"events.{user}.", StringComparison.Ordinal)
        && Encoding.UTF8.GetByteCount(queue) <= 255 && !queue.Any(char.IsControl);
}

/// <summary>Why a request is not answered.</summary>
internal sealed class RequestRefusedException(string problem) : Exception(problem);

using System.Text;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>A message the broker took out of a queue because it had been delivered too often.</summary>
/// <param name="Queue">Where it was; null when the message does not say, and then it cannot go back.</param>
/// <param name="Reason">In the broker's words, for example <c>delivery_limit</c>.</param>
public sealed record DeadLetter(
    string? Id, string? Type, string? User, string? Queue, string? Reason, DateTimeOffset? At, string? Exchange, string? RoutingKey,
    IReadOnlyDictionary<string, string> Headers, int Size, string Body)
{
    internal static DeadLetter Of(BasicGetResult message)
    {
        var properties = message.BasicProperties;
        var headers = properties.Headers ?? new Dictionary<string, object?>();
        // the newest death comes first
        var death = headers.TryGetValue("x-death", out var deaths) && deaths is IList<object?> { Count: > 0 } list ? list[0] as IDictionary<string, object?> : null;
        object? Of(string name) => death is not null && death.TryGetValue(name, out var value) ? value : null;
        return new DeadLetter(properties.MessageId, properties.Type, properties.UserId, Text(Of("queue")), Text(Of("reason")),
            Of("time") is AmqpTimestamp at ? DateTimeOffset.FromUnixTimeSeconds(at.UnixTime) : null, Text(Of("exchange")),
            Of("routing-keys") is IList<object?> { Count: > 0 } keys ? Text(keys[0]) : null,
            headers.Where(header => !IsTrace(header.Key)).ToDictionary(header => header.Key, header => Text(header.Value) ?? ""),
            message.Body.Length, Encoding.UTF8.GetString(message.Body.Span));
    }

    /// <summary>What the broker has written on it, as against its sender.</summary>
    internal static bool IsTrace(string header) => header is "x-death" or "x-delivery-count" or "x-acquired-count"
        || header.StartsWith("x-first-death-", StringComparison.Ordinal) || header.StartsWith("x-last-death-", StringComparison.Ordinal);

    private static string? Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString();
}

/// <param name="Sent">Back in their queues, confirmed.</param>
/// <param name="Left">Looked at and left: another queue's, or their queue is gone.</param>
public sealed record Redriven(int Sent, int Left);

/// <summary>The dead letters of an installation, for its operator: looked at without being taken, or sent back to where they died.</summary>
public static class DeadLetters
{
    /// <summary>At most this many are looked at in one go; they are all held, unacknowledged, while we look.</summary>
    public const int MostAtOnce = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<DeadLetter>> Look(BusSettings admin, CancellationToken ct)
    {
        await using var channel = await ConfirmedChannel.Open(admin, "clinic-dead-letters", ct);
        var letters = new List<DeadLetter>();
        await Each(channel, message =>
        {
            letters.Add(DeadLetter.Of(message));
            return Task.FromResult(false);
        }, ct);
        return letters;
    }

    /// <summary>Sends those that <paramref name="wanted"/> names back to the queue each died in, as its sender sent it.</summary>
    /// <param name="admin">An impersonator: the broker checks the user-id of everyone else, and services need the sender's.</param>
    public static async Task<Redriven> Redrive(BusSettings admin, Func<DeadLetter, bool> wanted, CancellationToken ct)
    {
        await using var channel = await ConfirmedChannel.Open(admin, "clinic-dead-letters", ct);
        var (sent, left) = (0, 0);
        await Each(channel, async message =>
        {
            var letter = DeadLetter.Of(message);
            if (letter.Queue is not null && wanted(letter) && await SendBack(channel, letter.Queue, message, ct))
            {
                sent++;
                return true;
            }
            left++;
            return false;
        }, ct);
        return new Redriven(sent, left);
    }

    /// <summary>One at a time and confirmed, so that a crash repeats at most one; consumers drop the repeat.</summary>
    private static async Task<bool> SendBack(ConfirmedChannel channel, string queue, BasicGetResult message, CancellationToken ct)
    {
        var properties = new BasicProperties(message.BasicProperties);
        properties.Headers = properties.Headers?.Where(header => !DeadLetter.IsTrace(header.Key)).ToDictionary();
        await channel.Publish("", queue, mandatory: true, properties, message.Body.ToArray(), ct);
        return (await channel.Flush(Patience, () => Task.CompletedTask, ct)).Count == 0;
    }

    /// <summary>Until the queue is empty: its message count lags behind what has just gone back into it.</summary>
    private static async Task Each(ConfirmedChannel channel, Func<BasicGetResult, Task<bool>> settle, CancellationToken ct)
    {
        ulong? kept = null;
        for (var n = 0; n < MostAtOnce; n++)
        {
            if (await channel.Channel.BasicGetAsync(Topology.DeadLetters, autoAck: false, ct) is not { } message) break;
            if (await settle(message)) await channel.Channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
            else kept = message.DeliveryTag;
        }
        // all that is not acknowledged goes back; if we crash before, the broker does the same
        if (kept is { } last) await channel.Channel.BasicNackAsync(last, multiple: true, requeue: true, ct);
    }
}

using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.Messaging;

/// <summary>
/// One channel with publisher confirms that are tracked here, not by the client: its tracking adds a header to every message
/// and its rate limiter reorders. Messages go out in call order; <see cref="Flush"/> waits for the broker's word on all.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly ConcurrentDictionary<ulong, byte> outstanding = new();
    private readonly ConcurrentDictionary<string, byte> returned = new();
    private TaskCompletionSource changed = New();
    private volatile Exception? failure;

    private ConfirmedChannel(IConnection connection, IChannel channel)
    {
        this.connection = connection;
        this.channel = channel;
        channel.BasicAcksAsync += (_, e) => Settle(e.DeliveryTag, e.Multiple, null);
        channel.BasicNacksAsync += (_, e) => Settle(e.DeliveryTag, e.Multiple, new IOException("the broker refused a message"));
        channel.BasicReturnAsync += (_, e) =>
        {
            returned[e.BasicProperties.MessageId ?? ""] = 0;
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, e) => Settle(0, false, new IOException($"channel closed: {e.ReplyCode} {e.ReplyText}"));
    }

    public IChannel Channel => channel;

    public static async Task<ConfirmedChannel> Open(BusSettings settings, string name, CancellationToken ct)
    {
        var connection = await settings.Factory(name).CreateConnectionAsync(ct);
        try
        {
            return new ConfirmedChannel(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, false), ct));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task Publish(string exchange, string routingKey, bool mandatory, BasicProperties properties, byte[] body, CancellationToken ct)
    {
        if (failure is not null) throw failure;
        outstanding[await channel.GetNextPublishSequenceNumberAsync(ct)] = 0;
        await channel.BasicPublishAsync(exchange, routingKey, mandatory, properties, body, ct);
    }

    /// <summary>Waits until everything published is confirmed, calling <paramref name="meanwhile"/> about every second.</summary>
    /// <returns>Message ids that no queue took (mandatory messages only).</returns>
    public async Task<IReadOnlyCollection<string>> Flush(TimeSpan patience, Func<Task> meanwhile, CancellationToken ct)
    {
        var until = DateTime.UtcNow + patience;
        while (!outstanding.IsEmpty)
        {
            var waiting = Volatile.Read(ref changed).Task;
            if (outstanding.IsEmpty) break;
            if (failure is not null) throw failure;
            if (DateTime.UtcNow > until) throw new TimeoutException("the broker did not confirm in time");
            if (await Task.WhenAny(waiting, Task.Delay(1000, ct)) != waiting)
            {
                ct.ThrowIfCancellationRequested();
                await meanwhile();
            }
        }
        if (failure is not null) throw failure;
        var ids = returned.Keys.ToArray();
        returned.Clear();
        return ids;
    }

    private Task Settle(ulong tag, bool multiple, Exception? error)
    {
        if (error is not null) failure ??= error;
        if (multiple)
            foreach (var earlier in outstanding.Keys.Where(t => t <= tag)) outstanding.TryRemove(earlier, out _);
        else
            outstanding.TryRemove(tag, out _);
        if (outstanding.IsEmpty || error is not null) Interlocked.Exchange(ref changed, New()).TrySetResult();
        return Task.CompletedTask;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

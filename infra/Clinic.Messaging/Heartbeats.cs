using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>
/// Says every two seconds how far the public events go and up to which instant they are complete (decision 5). An instant is
/// claimed only for what is confirmed: a relay that lags sends an older instant, and gates elsewhere fail closed.
/// </summary>
internal sealed class Heartbeats(NpgsqlConnection connection, ConfirmedChannel channel, string service, string user, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private DateTimeOffset next;

    /// <summary>Everything committed before this instant is numbered and confirmed.</summary>
    public DateTimeOffset AsOf { get; private set; } = DateTimeOffset.MinValue;

    /// <param name="confirmed">The last sequence the broker has confirmed.</param>
    /// <param name="settled">Every public event up to this position is confirmed.</param>
    public async Task Send(long confirmed, long settled, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now < next) return;
        next = now + Every;
        var complete = await CompleteUpTo(settled, ct);
        if (complete > AsOf) AsOf = complete;

        var heartbeat = new Heartbeat(service, confirmed, AsOf);
        var name = ContractTypes.NameOf(typeof(Heartbeat));
        await channel.Publish(Topology.Events, Topology.RoutingKey(Topology.NoTenant, service, name), mandatory: false,
            CloudEvents.Base(service, user, name, Guid.CreateVersion7().ToString(), now),
            JsonSerializer.SerializeToUtf8Bytes(heartbeat, ContractJson.Options), ct);
    }

    /// <summary>
    /// The database's clock, when in the same snapshot no committed event waits for its position or its publication; else an
    /// instant before the oldest of those that wait. An event is committed after its timestamp; a second is for clocks that differ.
    /// </summary>
    private async Task<DateTimeOffset> CompleteUpTo(long settled, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select least(statement_timestamp(), min(e.timestamp) - interval '1 second')
            from public.mt_events e
            where e.seq_id in (select seq_id from clinic.log_queue union all select seq_id from clinic.log where position > $1)
            """, connection)
        { Parameters = { new() { Value = settled } } };
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!, TimeSpan.Zero);
    }
}

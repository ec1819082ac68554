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

    /// <summary>Events wait in the queue for milliseconds; a second is a safe distance from the last one logged.</summary>
    private static readonly TimeSpan QueueAllowance = TimeSpan.FromSeconds(1);

    private DateTimeOffset next;
    private DateTimeOffset asOf = DateTimeOffset.MinValue;

    public async Task Send(Numbering numbering, long confirmed, bool caughtUp, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now < next) return;
        next = now + Every;
        if (caughtUp && await NothingWaits(numbering.Position, ct) is { } complete) asOf = complete;
        else if (confirmed == numbering.Sequence && numbering.LoggedAt > asOf + QueueAllowance) asOf = numbering.LoggedAt - QueueAllowance;
        if (asOf == DateTimeOffset.MinValue) return;

        var heartbeat = new Heartbeat(service, confirmed, asOf);
        var name = ContractTypes.NameOf(typeof(Heartbeat));
        await channel.Publish(Topology.Events, Topology.RoutingKey(Topology.NoTenant, service, name), mandatory: false,
            CloudEvents.Base(service, user, name, Guid.CreateVersion7().ToString(), now),
            JsonSerializer.SerializeToUtf8Bytes(heartbeat, ContractJson.Options), ct);
    }

    /// <summary>The database's clock, read in the same snapshot in which nothing waited; null when something does.</summary>
    private async Task<DateTimeOffset?> NothingWaits(long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select case when (select size from clinic.log_head) = $1 + 1 and not exists (select from clinic.log_queue)
                        then statement_timestamp() end
            """, connection)
        { Parameters = { new() { Value = position } } };
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}

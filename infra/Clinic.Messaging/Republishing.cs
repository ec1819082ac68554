using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>
/// Closes gaps. As a producer: sends events again into the queue of the consumer that asked, and only there. As a consumer:
/// asks each producer for what has been missing for five seconds.
/// </summary>
internal sealed class Republishing(
    NpgsqlConnection connection, ConfirmedChannel channel, string service, string user, EventTypes types, Publication publication, ILogger logger)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, DateTime> asked = [];
    private DateTime next;

    public async Task Serve(CancellationToken ct)
    {
        if (DateTime.UtcNow < next) return;
        next = DateTime.UtcNow + Every;
        await Ask(ct);
        while (await channel.Channel.BasicGetAsync(Topology.RepublishQueue(service), autoAck: false, ct) is { } message)
        {
            try
            {
                var request = JsonSerializer.Deserialize<RepublishRequested>(message.Body.Span, ContractJson.Options)!;
                // the broker vouches for the user-id; nobody may fill another's queue
                if (message.BasicProperties.UserId == request.Consumer && request.Producer == service) await SendAgain(request, ct);
                else logger.LogWarning("Republish request of {User} for {Consumer} refused", message.BasicProperties.UserId, request.Consumer);
            }
            catch (JsonException e)
            {
                logger.LogWarning("Republish request of {User} refused: {Path}", message.BasicProperties.UserId, e.Path);
            }
            await channel.Channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
        }
    }

    private async Task SendAgain(RepublishRequested request, CancellationToken ct)
    {
        logger.LogInformation("Publishing {From} to {UpTo} again for {Consumer}", request.FromSequence, request.UpToSequence, request.Consumer);
        var queue = Topology.OrderedQueue(request.Consumer, service);
        var from = request.FromSequence;
        while (from <= request.UpToSequence)
        {
            var page = await LogReader.Published(connection, types, from, request.UpToSequence, PageSize, ct);
            if (page.Count == 0) return;
            foreach (var published in page)
                await Relay.PublishEvent(channel, "", queue, service, user, publication, published, ct);
            from = page[^1].Sequence + 1;
        }
    }

    private async Task Ask(CancellationToken ct)
    {
        var gaps = new List<RepublishRequested>();
        await using (var command = new NpgsqlCommand("""
            select c.producer, c.last + 1, coalesce((select min(p.sequence) - 1 from clinic.parked p where p.producer = c.producer), c.heard)
            from clinic.consumer c where c.gap_since < clock_timestamp() - interval '5 seconds' and c.heard > c.last
            """, connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) gaps.Add(new RepublishRequested(service, reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));

        foreach (var gap in gaps.Where(gap => gap.UpToSequence >= gap.FromSequence))
        {
            if (asked.TryGetValue(gap.Producer, out var before) && DateTime.UtcNow - before < AskAgainAfter) continue;
            asked[gap.Producer] = DateTime.UtcNow;
            logger.LogWarning("Asking {Producer} for {From} to {UpTo} again", gap.Producer, gap.FromSequence, gap.UpToSequence);
            var name = ContractTypes.NameOf(typeof(RepublishRequested));
            await channel.Publish(Topology.Republish, gap.Producer, mandatory: false,
                CloudEvents.Base(service, user, name, Guid.CreateVersion7().ToString(), DateTimeOffset.UtcNow),
                JsonSerializer.SerializeToUtf8Bytes(gap, ContractJson.Options), ct);
        }
    }
}

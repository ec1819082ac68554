using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>
/// A producer's side of closing gaps: sends events again into the queue of the consumer that asked, and only there. One page per
/// round of the relay, so that new events and heartbeats never wait for a long answer.
/// </summary>
internal sealed class Republishing(
    NpgsqlConnection connection, ConfirmedChannel channel, string service, string user, EventTypes types, Publication publication, CheckpointSending checkpoints, ILogger logger)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private DateTime next;
    private RepublishRequest? current;
    private ulong tag;

    /// <summary>A request is being answered: the relay should not rest.</summary>
    public bool Busy => current is not null;

    /// <param name="numbered">Last sequence given so far; what comes later is published anyway.</param>
    /// <param name="asOf">Everything committed before this instant is numbered.</param>
    public async Task Serve(long numbered, DateTimeOffset asOf, CancellationToken ct)
    {
        if (current is null)
        {
            if (DateTime.UtcNow < next) return;
            current = await Take(numbered, ct);
            if (current is null)
            {
                next = DateTime.UtcNow + Every;
                return;
            }
        }
        var limit = Math.Min(PageSize, current.Left);
        var page = current.Tenant is null
            ? await LogReader.Published(connection, types, current.From, current.UpTo, limit, ct)
            : await LogReader.PublishedOf(connection, types, current.Tenant, current.From, current.UpTo, limit, ct);
        foreach (var published in page)
            await Relay.PublishEvent(channel, "", current.Queue, service, user, publication, published, ct);
        current = page.Count < limit ? current with { Left = 0 } : current with { From = Number(page[^1]) + 1, Left = current.Left - page.Count };
        if (current.Left <= 0 && current.Tenant is { } tenant) await Conclude(current, tenant, asOf, ct);
    }

    /// <summary>Everything sent so far is confirmed; a request that is answered in full will not come again.</summary>
    public async Task Confirm(CancellationToken ct)
    {
        if (current is not { Left: <= 0 }) return;
        await channel.Channel.BasicAckAsync(tag, multiple: false, ct);
        current = null;
    }

    private long Number(PublishedEvent published) => current!.Tenant is null ? published.Sequence : published.TenantSequence;

    /// <summary>The next request that may be answered; the others are logged and forgotten.</summary>
    private async Task<RepublishRequest?> Take(long numbered, CancellationToken ct)
    {
        while (await channel.Channel.BasicGetAsync(Topology.RepublishQueue(service), autoAck: false, ct) is { } message)
        {
            try
            {
                if (message.BasicProperties.Type == ContractTypes.NameOf(typeof(CheckpointsRequested)))
                {
                    var missed = RepublishRequest.ReadCheckpoints(message.BasicProperties, message.Body.Span, service);
                    logger.LogInformation("Sending checkpoints after {Size} again for {Consumer}", missed.Size, missed.Consumer);
                    checkpoints.GoBackTo(missed.Origin, missed.Size);
                    await channel.Channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
                    continue;
                }
                if (message.BasicProperties.Type == ContractTypes.NameOf(typeof(EntriesRequested)))
                {
                    // what is lost is asked for again
                    await EntriesSending.Send(connection, channel, service, user, RepublishRequest.ReadEntries(message.BasicProperties, message.Body.Span, service), ct);
                    await channel.Channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
                    continue;
                }
                var request = RepublishRequest.Read(message.BasicProperties, message.Body.Span, service);
                logger.LogInformation("Publishing {From} to {UpTo} again for {Consumer}", request.From, request.UpTo, request.Consumer);
                tag = message.DeliveryTag;
                return request.Tenant is null ? request with { UpTo = Math.Min(request.UpTo, numbered) } : request;
            }
            catch (RequestRefusedException e)
            {
                logger.LogWarning("Republish request of {User} refused: {Problem}", message.BasicProperties.UserId, e.Message);
                await channel.Channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
            }
        }
        return null;
    }

    /// <summary>
    /// A clinic system does not see the installation's heartbeats, so its answer ends with one that counts in its own sequences:
    /// when it goes further than what came, it asks for the rest.
    /// </summary>
    private async Task Conclude(RepublishRequest request, string tenant, DateTimeOffset asOf, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(tenant_sequence), 0) from clinic.publication where tenant_id = $1", connection)
        { Parameters = { new() { Value = tenant } } };
        var last = (long)(await command.ExecuteScalarAsync(ct))!;
        var name = ContractTypes.NameOf(typeof(Heartbeat));
        var properties = CloudEvents.Base(service, user, name, Guid.CreateVersion7().ToString(), DateTimeOffset.UtcNow, tenant);
        properties.CorrelationId = request.Id;
        await channel.Publish("", request.Queue, mandatory: false, properties,
            JsonSerializer.SerializeToUtf8Bytes(new Heartbeat(service, last, asOf), ContractJson.Options), ct);
    }
}

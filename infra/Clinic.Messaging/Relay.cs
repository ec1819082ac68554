using System.Diagnostics;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.EventLog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>
/// The only publisher of a service (decision 5). Numbers public events in position order, publishes them on one channel with
/// confirms, resumes from the lowest unconfirmed, sends stored answers, heartbeats, and events asked for again.
/// </summary>
public sealed class Relay(
    Database database, EventTypes types, Publication publication, BusSettings bus, string service, BrokerReady ready, Signals signals, Alarms alarms,
    TimeProvider time, ILogger<Relay> logger, CheckpointListening? listening = null) : BackgroundService
{
    private const int PageSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ConfirmPatience = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var signal = signals.Follow();
        try
        {
            // every queue and binding of this service exists before it publishes anything
            await ready.Wait(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await Elected.Run(database, "relay", (connection, ct) => Lead(connection, signal, ct), logger, stoppingToken, standBy: () => alarms.Clear("relay"));
    }

    private async Task Lead(NpgsqlConnection connection, Signal signal, CancellationToken ct)
    {
        try
        {
            var numbering = await Numbering.Resume(connection, types, publication, ct);
            await using var channel = await ConfirmedChannel.Open(bus, service + "-relay", ct);
            await Topology.Declare(channel.Channel, service, ct);
            var answers = new Answers(connection, channel, service, bus.User);
            var heartbeat = new Heartbeats(connection, channel, service, bus.User, time);
            var checkpoints = new CheckpointSending(connection, channel, service, bus.User);
            var republishing = new Republishing(connection, channel, service, bus.User, types, publication, checkpoints, logger);
            var gaps = new GapRequests(connection, channel, service, bus.User, listening, logger);
            var confirmed = await Checkpoints.Read(connection, "relay:confirmed", ct);
            if (confirmed < 0) confirmed = 0;
            alarms.Clear("relay");
            while (true)
            {
                var numbered = await numbering.Next(connection, PageSize, ct);
                var page = await LogReader.Published(connection, types, confirmed + 1, long.MaxValue, PageSize, ct);
                foreach (var published in page)
                    await Publish(channel, Topology.Events, null, published, ct);
                var answered = await answers.Send(ct);
                await heartbeat.Send(confirmed, page.Count == 0 ? numbering.Position : page[0].Logged.Position - 1, ct);
                await gaps.Send(ct);
                await checkpoints.Send(ct);
                await republishing.Serve(numbering.Sequence, heartbeat.AsOf, ct);
                await channel.Flush(ConfirmPatience, () => Ping(connection, ct), ct);
                if (page.Count > 0)
                {
                    confirmed = page[^1].Sequence;
                    await Execute(connection, Checkpoints.Write("relay:confirmed", confirmed), ct);
                }
                await answers.Confirm(ct);
                await checkpoints.Confirm(ct);
                await republishing.Confirm(ct);
                if (page.Count == 0 && numbered == 0 && answered == 0 && !republishing.Busy) await signal.Wait(Poll, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            alarms.Raise("relay", e is UnknownEventTypeException ? e.Message : $"stopped: {e.GetType().Name}");
            throw;
        }
    }

    private Task Publish(ConfirmedChannel channel, string exchange, string? queue, PublishedEvent published, CancellationToken ct) =>
        PublishEvent(channel, exchange, queue, service, bus.User, publication, published, ct);

    internal static async Task PublishEvent(
        ConfirmedChannel channel, string exchange, string? queue, string service, string user, Publication publication, PublishedEvent published, CancellationToken ct)
    {
        var e = published.Logged.Event;
        var contract = publication(e) ?? throw new InvalidOperationException($"{e.EventTypeName} was numbered as public and no longer is");
        var name = ContractTypes.NameOf(contract.GetType());
        using var span = Diagnostics.Start("publish " + name, ActivityKind.Producer, e.Headers.GetValueOrDefault(EventHeaders.TraceParent));
        span?.SetTag("clinic.sequence", published.Sequence);
        await channel.Publish(exchange, queue ?? Topology.RoutingKey(e.TenantId, service, name), mandatory: false,
            CloudEvents.Properties(service, user, e.TenantId, published, name),
            JsonSerializer.SerializeToUtf8Bytes(contract, contract.GetType(), ContractJson.Options), ct);
    }

    private static Task Ping(NpgsqlConnection connection, CancellationToken ct) => Execute(connection, new NpgsqlBatchCommand("select 1"), ct);

    internal static async Task Execute(NpgsqlConnection connection, NpgsqlBatchCommand statement, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { statement } };
        await batch.ExecuteNonQueryAsync(ct);
    }
}

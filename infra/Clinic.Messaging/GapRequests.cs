using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>A consumer's side of closing gaps: asks each producer for what has been missing for five seconds.</summary>
internal sealed class GapRequests(NpgsqlConnection connection, ConfirmedChannel channel, string service, string user, CheckpointListening? checkpoints, ILogger logger)
{
    /// <summary>Longer than an answer of many pages takes to begin: every request makes the producer begin anew.</summary>
    private static readonly TimeSpan AskAgainForCheckpointsAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, DateTime> asked = [];
    private readonly Dictionary<string, (long From, DateTime At)> wants = [];
    private DateTime next;

    public async Task Send(CancellationToken ct)
    {
        if (DateTime.UtcNow < next) return;
        next = DateTime.UtcNow + Every;
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
            await Send(channel, service, user, gap, null, ct);
        }
        foreach (var missed in checkpoints is null ? [] : await checkpoints.Missed(ct))
        {
            var name = Topology.Checkpoints + missed.Service;
            if (asked.TryGetValue(name, out var before) && DateTime.UtcNow - before < AskAgainForCheckpointsAfter) continue;
            asked[name] = DateTime.UtcNow;
            logger.LogWarning("Asking {Producer} for its checkpoints after {Size} again", missed.Service, missed.Size);
            await Publish(channel, service, user, missed.Service, new CheckpointsRequested(service, missed.Service, missed.Origin, missed.Size), null, ct);
        }
        foreach (var wanted in checkpoints is null ? [] : await checkpoints.Wanted(ct))
        {
            // the same again only when no answer came; what follows an answer at once
            if (wants.TryGetValue(wanted.Service, out var before) && before.From == wanted.From && DateTime.UtcNow - before.At < AskAgainForCheckpointsAfter) continue;
            wants[wanted.Service] = (wanted.From, DateTime.UtcNow);
            await Publish(channel, service, user, wanted.Service, new EntriesRequested(service, wanted.Service, wanted.From, wanted.UpTo), null, ct);
        }
    }

    internal static Task Send(ConfirmedChannel channel, string source, string user, RepublishRequested request, string? replyTo, CancellationToken ct) =>
        Publish(channel, source, user, request.Producer, request, replyTo, ct);

    private static async Task Publish(ConfirmedChannel channel, string source, string user, string producer, object request, string? replyTo, CancellationToken ct)
    {
        var properties = CloudEvents.Base(source, user, ContractTypes.NameOf(request.GetType()), Guid.CreateVersion7().ToString(), DateTimeOffset.UtcNow);
        properties.ReplyTo = replyTo;
        await channel.Publish(Topology.Republish, producer, mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), ContractJson.Options), ct);
    }
}

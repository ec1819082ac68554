using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>A producer's side of a cross-check: what its log has, as far as one message may go. Who asks verifies it.</summary>
internal static class EntriesSending
{
    /// <summary>Less than half of what a message may have.</summary>
    private const int Most = 8192;

    public static async Task Send(NpgsqlConnection connection, ConfirmedChannel channel, string service, string user, EntriesRequested request, CancellationToken ct)
    {
        using var entries = new MemoryStream();
        await using (var command = new NpgsqlCommand("select seq_id, event_hash from clinic.log where position >= $1 and position < $2 order by position", connection)
        { Parameters = { new() { Value = request.From }, new() { Value = Math.Min(request.UpTo, request.From + Most) } } })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) entries.Write(new LogEntry(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)).Bytes());
        }
        await channel.Publish("", Topology.CheckpointQueue(request.Consumer), mandatory: false,
            CloudEvents.Base(service, user, ContractTypes.NameOf(typeof(LogEntries)), Guid.CreateVersion7().ToString(), DateTimeOffset.UtcNow),
            JsonSerializer.SerializeToUtf8Bytes(new LogEntries(request.From, Convert.ToBase64String(entries.ToArray())), ContractJson.Options), ct);
    }
}

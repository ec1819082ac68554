using System.Text;
using Clinic.EventLog;
using Npgsql;
using NpgsqlTypes;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>Sends the answers stored with commands to their senders' reply queues (decision 8).</summary>
internal sealed class Answers(NpgsqlConnection connection, ConfirmedChannel channel, string service, string user)
{
    private readonly List<(string Endpoint, string Sender, string MessageId, int Asked)> sent = [];

    /// <summary>Publishes what is due; <see cref="Confirm"/> marks it once the broker has confirmed.</summary>
    public async Task<int> Send(CancellationToken ct)
    {
        sent.Clear();
        await using var command = new NpgsqlCommand("""
            select endpoint, sender, message_id, answer_type, answer, reply_to, recorded_at, answer ->> 'id', asked from clinic.inbox
            where reply_to is not null and replied_at is null order by recorded_at limit 200
            """, connection);
        var due = new List<(string Queue, BasicProperties Properties, byte[] Body)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var (endpoint, sender, messageId) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
                var properties = CloudEvents.Base(service, user, reader.GetString(3), Guid.CreateVersion7().ToString(),
                    new DateTimeOffset(reader.GetDateTime(6), TimeSpan.Zero));
                // the sender's id; a refused repeat is stored under another
                properties.CorrelationId = reader.Text(7);
                due.Add((reader.GetString(5), properties, Encoding.UTF8.GetBytes(reader.GetString(4))));
                sent.Add((endpoint, sender, messageId, reader.GetInt32(8)));
            }
        }
        // not mandatory: a sender that has deleted its queue has no use for the answer, and the inbox keeps it
        foreach (var (queue, properties, body) in due) await channel.Publish("", queue, mandatory: false, properties, body, ct);
        return due.Count;
    }

    public async Task Confirm(CancellationToken ct)
    {
        if (sent.Count == 0) return;
        // the sender may have it already and have asked again: then it stays due
        var update = new NpgsqlBatchCommand("""
            with due as (
                -- locked in the order in which appends lock repeats, so that the two never wait for each other in a circle
                select i.endpoint, i.sender, i.message_id from clinic.inbox i join unnest($1, $2, $3, $4) as s(endpoint, sender, message_id, asked)
                on i.endpoint = s.endpoint and i.sender = s.sender and i.message_id = s.message_id and i.asked = s.asked
                order by i.message_id, i.endpoint, i.sender for no key update of i)
            update clinic.inbox i set replied_at = clock_timestamp() from due
            where i.endpoint = due.endpoint and i.sender = due.sender and i.message_id = due.message_id
            """);
        void Add<T>(IEnumerable<T> values, NpgsqlDbType type = NpgsqlDbType.Text) =>
            update.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() });
        Add(sent.Select(s => s.Endpoint));
        Add(sent.Select(s => s.Sender));
        Add(sent.Select(s => s.MessageId));
        Add(sent.Select(s => s.Asked), NpgsqlDbType.Integer);
        await Relay.Execute(connection, update, ct);
    }
}

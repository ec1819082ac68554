using Clinic.EventLog;
using Npgsql;

namespace Clinic.Cli.Replay;

/// <summary>An event as it is stored, its data not decrypted and not upcast.</summary>
/// <param name="Position">Null for a moment after the commit.</param>
public sealed record HistoricEvent(
    long? Position, long Version, string Type, string Tenant, string? User, string? Role, DateTimeOffset At, DateTimeOffset? LoggedAt, Guid Id, string? Hash, string Data);

/// <summary>Reads one stream in a transaction that cannot write.</summary>
public static class StreamHistory
{
    /// <exception cref="IOException">There is no such stream, or none at that time.</exception>
    /// <exception cref="UsageException">Several clinics have one of that name.</exception>
    public static async Task<IReadOnlyList<HistoricEvent>> Read(
        Database database, string stream, string? tenant, long? version, DateTimeOffset? asOf, CancellationToken ct)
    {
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var readOnly = new NpgsqlCommand("set transaction read only", connection)) await readOnly.ExecuteNonQueryAsync(ct);
        await using var command = new NpgsqlCommand("""
            select l.position, e.version, e.type, e.tenant_id, e.user_name, e.headers ->> 'role', e.timestamp, l.logged_at, e.id, encode(l.event_hash, 'hex'), e.data::text
            from public.mt_events e left join clinic.log l on l.seq_id = e.seq_id
            where e.stream_id = $1 and ($2::text is null or e.tenant_id = $2) and ($3::bigint is null or e.version <= $3)
                and ($4::timestamptz is null or l.logged_at <= $4)
            order by e.tenant_id, e.version
            """, connection)
        {
            Parameters =
            {
                new() { Value = stream }, new() { Value = (object?)tenant ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = (object?)version ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
                new() { Value = (object?)asOf?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }
            }
        };
        var events = new List<HistoricEvent>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                events.Add(new HistoricEvent(Null<long>(reader, 0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), Text(reader, 4), Text(reader, 5),
                    reader.GetFieldValue<DateTimeOffset>(6), Null<DateTimeOffset>(reader, 7), reader.GetGuid(8), Text(reader, 9), reader.GetString(10)));
        if (events.Count == 0) throw new IOException("no such event: is it the right service, stream, clinic and time?");
        var tenants = events.Select(e => e.Tenant).Distinct().ToArray();
        return tenants.Length == 1 ? events : throw new UsageException($"--tenant: one of {string.Join(", ", tenants)}");
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static T? Null<T>(NpgsqlDataReader reader, int column) where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}

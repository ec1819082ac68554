using System.Data;
using System.Text;
using Npgsql;

namespace Clinic.Cli.ExportLog;

/// <summary>
/// The tables a verifier needs, as files of one JSON object a line, all out of one snapshot: <c>installation.jsonl</c>,
/// <c>events.jsonl</c> (what hashes cover; personal members as they are stored, encrypted), <c>streams.jsonl</c>,
/// <c>log.jsonl</c>, <c>queue.jsonl</c>, <c>quarantine.jsonl</c>, <c>checkpoints.jsonl</c>. <c>ts</c> is microseconds since 1970.
/// </summary>
public static class LogExport
{
    private static readonly (string File, string Sql)[] Tables =
    [
        ("installation", "select json_build_object('installation', installation_id, 'service', service) from clinic.installation"),
        ("events", """
            select json_build_object('seq', seq_id, 'id', id, 'tenant', tenant_id, 'stream', stream_id, 'version', version, 'type', type,
                'ts', (extract(epoch from timestamp) * 1000000)::bigint, 'user', user_name, 'correlation', correlation_id,
                'causation', causation_id, 'headers', headers, 'data', data)
            from public.mt_events order by seq_id
            """),
        ("streams", "select json_build_object('tenant', tenant_id, 'stream', id, 'version', version) from public.mt_streams order by tenant_id, id"),
        ("log", """
            select json_build_object('position', position, 'seq', seq_id, 'id', event_id, 'hash', encode(event_hash, 'hex'),
                'logged', (extract(epoch from logged_at) * 1000000)::bigint)
            from clinic.log order by position
            """),
        ("queue", "select json_build_object('seq', seq_id, 'id', event_id) from clinic.log_queue order by seq_id"),
        ("quarantine", "select json_build_object('tenant', tenant_id, 'stream', stream_id, 'id', event_id, 'reason', reason) from clinic.quarantine order by found_at, event_id"),
        ("checkpoints", "select json_build_object('note', note, 'signedAt', signed_at) from clinic.signed_checkpoint order by number")
    ];

    /// <summary>Writes the files; the folder is made, or must be empty.</summary>
    /// <returns>Rows of each file.</returns>
    /// <exception cref="RefusedException">The folder has files already.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> Write(NpgsqlConnection connection, DirectoryInfo folder, CancellationToken ct)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any()) throw new RefusedException($"{folder.FullName} is not empty");
        folder.Create();
        var rows = new Dictionary<string, long>();
        // the tables fit together only as of one instant
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        foreach (var (file, sql) in Tables)
        {
            await using var writer = new StreamWriter(Path.Combine(folder.FullName, file + ".jsonl"), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(ct);
            rows[file] = 0;
            while (await reader.ReadAsync(ct))
            {
                await writer.WriteLineAsync(reader.GetString(0).AsMemory(), ct);
                rows[file]++;
            }
        }
        return rows;
    }
}

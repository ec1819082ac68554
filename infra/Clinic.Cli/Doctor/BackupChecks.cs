using Clinic.EventLog;
using Npgsql;

namespace Clinic.Cli.Doctor;

/// <summary>Whether the server still keeps for the backup what it has not fetched (ADR 40). A server that no backup has ever asked has nothing to say.</summary>
public static class BackupChecks
{
    /// <summary>A base backup and an hour of a busy clinic are far less: whoever lags by so much is not fetching.</summary>
    private const long Behind = 512 * 1024 * 1024;

    private const string Slot = """
        select coalesce(wal_status, ''), active, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint
        from pg_replication_slots where slot_name = 'clinic_backup'
        """;

    public static async Task<Finding> Run(DatabaseSettings settings, CancellationToken ct)
    {
        await using var database = new Database(settings);
        try
        {
            await using var command = database.Worker.CreateCommand(Slot);
            await using var reader = await command.ExecuteReaderAsync(ct);
            if (!await reader.ReadAsync(ct)) return Finding.Of("backup", "slot", [], "no backup has begun on this server");
            var (state, active, lag) = (reader.GetString(0), reader.GetBoolean(1), reader.GetInt64(2));
            var problems = new List<string>();
            if (state is "lost" or "unreserved") problems.Add($"WAL that was not fetched is {(state == "lost" ? "gone" : "about to go")}: the next base backup begins anew");
            else if (lag > Behind) problems.Add($"{lag / (1024 * 1024)} MiB of WAL wait to be fetched{(active ? "" : ", and nobody fetches")}");
            return Finding.Of("backup", "slot", problems, $"{lag / (1024 * 1024)} MiB wait{(active ? "" : "; fetched by make backup, not continuously")}");
        }
        catch (NpgsqlException e)
        {
            return new Finding("backup", "slot", false, e.Message);
        }
    }
}

using System.Globalization;
using Npgsql;

namespace Clinic.Cli.RestoreTest;

/// <summary>What a restored server says of its own restore: infra/backup/backup writes it into its configuration.</summary>
/// <param name="BackupAt">When the base backup was complete.</param>
/// <param name="Began">When the restore began.</param>
/// <param name="To">The instant asked for; where none was, the last commit that had reached the backup.</param>
/// <param name="Seconds">From the beginning until the server took connections.</param>
internal sealed record Restore(DateTimeOffset BackupAt, DateTimeOffset Began, DateTimeOffset To, int Seconds)
{
    /// <exception cref="RefusedException">It is no restored server, and nothing here may be changed.</exception>
    public static async Task<Restore> Of(Installed installed, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(installed.Service("audit").Migration.SuperuserConnection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("""
            select current_setting('clinic.backup_at', true)::timestamptz, current_setting('clinic.restore_began', true)::timestamptz,
                coalesce(nullif(current_setting('clinic.restore_target', true), '')::timestamptz, pg_last_xact_replay_timestamp(), current_setting('clinic.backup_at', true)::timestamptz),
                (pg_control_checkpoint()).checkpoint_time
            """, connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        if (row.IsDBNull(0)) throw new RefusedException("Database__Host and Database__Port name no restored server: infra/backup/backup restore makes one");
        var (began, up) = (row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(3));
        return new Restore(row.GetFieldValue<DateTimeOffset>(0), began, row.GetFieldValue<DateTimeOffset>(2), Math.Max(0, (int)Math.Ceiling((up - began).TotalSeconds)));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"restored to {To.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z, {Math.Max(0, (Began - To).TotalSeconds):0} s before it began, in {Seconds} s");
}

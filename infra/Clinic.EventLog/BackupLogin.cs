using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// The login that base backups and WAL are fetched with. REPLICATION lets it copy the whole server, so its password belongs on the
/// machine that keeps the backups and nowhere else; it owns nothing and may change nothing.
/// </summary>
public static class BackupLogin
{
    public const string Role = "clinic_backup";

    /// <summary>Creates it, or gives it this password.</summary>
    /// <param name="superuserConnection">To any database of the server.</param>
    public static async Task Create(string superuserConnection, string password, CancellationToken ct = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(superuserConnection) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await Migrator.LockRoles(connection, ct);
        await Migrator.Execute(connection, $"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{Role}') then create role {Role} login replication; end if;
            end $$;
            alter role {Role} password {Migrator.Literal(password)};
            -- ends the segment in use, so that all of it can be fetched; changes no data
            grant execute on function pg_catalog.pg_switch_wal() to {Role};
            """, ct);
    }
}

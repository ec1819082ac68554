using Npgsql;

namespace Clinic.EventLog.Keys;

/// <summary>What the migrator creates in the vault.</summary>
/// <param name="SuperuserConnection">To any database of the vault's server; needs CREATEDB and CREATEROLE.</param>
public sealed record VaultTarget(string SuperuserConnection, VaultSettings Settings);

/// <summary>Creates the vault, and in it a schema and a login for one service; running it again changes nothing.</summary>
public static class VaultMigrator
{
    private const string Owner = "vault_owner";
    private const string Scripts = ".VaultSchema.";

    /// <summary>Brings a service's schema up to date and returns the names of the scripts applied now.</summary>
    public static async Task<IReadOnlyList<string>> Run(VaultTarget target, CancellationToken ct = default)
    {
        var (settings, service) = (target.Settings, target.Settings.Service);
        var builder = new NpgsqlConnectionStringBuilder(target.SuperuserConnection) { Pooling = false };
        await using (var server = new NpgsqlConnection(builder.ConnectionString))
        {
            await server.OpenAsync(ct);
            await Migrator.LockRoles(server, ct);
            await Migrator.Execute(server, $"""
                do $$ begin
                    if not exists (select from pg_roles where rolname = '{Owner}') then create role {Owner} nologin; end if;
                    if not exists (select from pg_roles where rolname = '{settings.Role}') then create role {settings.Role} login; end if;
                end $$;
                alter role {settings.Role} password {Migrator.Literal(settings.Password)};
                """, ct);
            await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", server) { Parameters = { new() { Value = settings.Name } } };
            if (await exists.ExecuteScalarAsync(ct) is null)
                await Migrator.Execute(server, $"create database \"{settings.Name}\" owner {Owner} template template0 encoding 'UTF8'", ct);
            await Migrator.Execute(server, $"""
                revoke connect, temporary on database "{settings.Name}" from public;
                grant connect on database "{settings.Name}" to {settings.Role};
                """, ct);
        }
        builder.Database = settings.Name;
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(ct);
        await Migrator.Execute(connection, "select pg_advisory_lock(hashtext('vault.migrate'))", ct);
        await Migrator.Execute(connection, $"""
            set role {Owner};
            create schema if not exists {service};
            create table if not exists {service}.schema_version (
                name text primary key, checksum bytea not null, applied_at timestamptz not null default clock_timestamp());
            """, ct);
        var applied = new List<string>();
        foreach (var script in Migrator.EmbeddedIn(typeof(VaultMigrator).Assembly, Scripts))
            if (await Migrator.Apply(connection, script with { Sql = script.Sql.Replace("{{service}}", service, StringComparison.Ordinal) }, $"{service}.schema_version", ct))
                applied.Add("vault " + script.Name);
        return applied;
    }
}

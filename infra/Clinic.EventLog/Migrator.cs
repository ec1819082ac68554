using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>One step of a schema, applied once and for ever; a later change is a new script.</summary>
/// <param name="Name">Orders and identifies it, for example <c>100_worklist</c>.</param>
/// <param name="Sql"><c>{{owner}}</c>, <c>{{app}}</c>, <c>{{worker}}</c> and, where there is that engine, <c>{{marten}}</c> stand for the service's roles.</param>
public sealed record SchemaScript(string Name, string Sql);

/// <summary>What the migrator creates: one database per service with an owner, an app login and a worker login.</summary>
/// <param name="SuperuserConnection">To any database of the server; needs CREATEDB and CREATEROLE.</param>
public sealed record MigrationTarget(
    string SuperuserConnection, string Service, string Database, string AppPassword, string WorkerPassword, Guid Installation);

/// <summary>Creates roles, database and tables of one service; running it again changes nothing.</summary>
public static class Migrator
{
    private const long RolesLock = 0x636c696e6963; // roles belong to the whole server, so all services share this lock

    /// <summary>Brings the database up to date and returns the names of the scripts applied now.</summary>
    /// <exception cref="InvalidOperationException">A script that was applied earlier has been edited since.</exception>
    public static async Task<IReadOnlyList<string>> Run(
        MigrationTarget target, IReadOnlyList<SchemaScript> serviceScripts, CancellationToken ct = default)
    {
        await CreateRolesAndDatabase(target, ct);
        var scripts = For(target.Service, serviceScripts);

        var builder = new NpgsqlConnectionStringBuilder(target.SuperuserConnection) { Database = target.Database, Pooling = false };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(ct);
        await Execute(connection, "select pg_advisory_lock(hashtext('clinic.migrate'))", ct);
        await Execute(connection, $"set role {target.Service}_owner", ct);
        await Execute(connection, """
            create schema if not exists clinic;
            create schema if not exists views;
            create table if not exists clinic.schema_version (
                name text primary key, checksum bytea not null, applied_at timestamptz not null default clock_timestamp());
            """, ct);

        var applied = new List<string>();
        foreach (var script in scripts)
            if (await Apply(connection, script, "clinic.schema_version", ct)) applied.Add(script.Name);

        await using var installation = new NpgsqlCommand(
            "insert into clinic.installation (installation_id, service) values ($1, $2) on conflict do nothing", connection)
        {
            Parameters = { new() { Value = target.Installation }, new() { Value = target.Service } }
        };
        await installation.ExecuteNonQueryAsync(ct);
        return applied;
    }

    internal static async Task<bool> Apply(NpgsqlConnection connection, SchemaScript script, string versions, CancellationToken ct)
    {
        var checksum = Checksum(script);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var known = new NpgsqlCommand($"select checksum from {versions} where name = $1", connection)
        { Parameters = { new() { Value = script.Name } } })
        {
            if (await known.ExecuteScalarAsync(ct) is byte[] before)
            {
                if (!before.AsSpan().SequenceEqual(checksum))
                    throw new InvalidOperationException($"{script.Name} was edited after it had been applied; add a new script instead");
                return false;
            }
        }
        await Execute(connection, script.Sql, ct);
        await using var done = new NpgsqlCommand($"insert into {versions} (name, checksum) values ($1, $2)", connection)
        { Parameters = { new() { Value = script.Name }, new() { Value = checksum } } };
        await done.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static async Task CreateRolesAndDatabase(MigrationTarget target, CancellationToken ct)
    {
        var builder = new NpgsqlConnectionStringBuilder(target.SuperuserConnection) { Pooling = false };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(ct);
        await LockRoles(connection, ct);
        var s = target.Service;
        await Execute(connection, $"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{s}_owner') then create role {s}_owner nologin; end if;
                if not exists (select from pg_roles where rolname = '{s}_app') then create role {s}_app login; end if;
                if not exists (select from pg_roles where rolname = '{s}_worker') then create role {s}_worker login; end if;
            end $$;
            alter role {s}_app password {Literal(target.AppPassword)};
            alter role {s}_worker password {Literal(target.WorkerPassword)};
            """, ct);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection)
        { Parameters = { new() { Value = target.Database } } };
        if (await exists.ExecuteScalarAsync(ct) is null)
            // ids are compared at every step down an index: as bytes, not by a locale's rules
            await Execute(connection, $"create database \"{target.Database}\" owner {s}_owner template template0 encoding 'UTF8' lc_collate 'C'", ct);
        await Execute(connection, $"""
            revoke connect, temporary on database "{target.Database}" from public;
            grant connect on database "{target.Database}" to {s}_app, {s}_worker;
            grant temporary on database "{target.Database}" to {s}_worker;
            """, ct);
    }

    internal static Task LockRoles(NpgsqlConnection connection, CancellationToken ct) => Execute(connection, $"select pg_advisory_lock({RolesLock})", ct);

    /// <summary>Every script a database of this service has when it is complete, the roles filled in.</summary>
    public static IEnumerable<SchemaScript> For(string service, IEnumerable<SchemaScript> serviceScripts) =>
        EmbeddedIn(typeof(Migrator).Assembly).Concat(serviceScripts).Select(script => script with { Sql = Fill(script.Sql, service) });

    /// <summary>What <c>clinic.schema_version</c> keeps of a script, to notice one that was edited later.</summary>
    public static byte[] Checksum(SchemaScript filled) => SHA256.HashData(Encoding.UTF8.GetBytes(filled.Sql));

    /// <summary>Every embedded <c>*.sql</c> file of an assembly's Schema folder, ordered by name.</summary>
    public static IEnumerable<SchemaScript> EmbeddedIn(Assembly assembly) => EmbeddedIn(assembly, ".Schema.");

    internal static IEnumerable<SchemaScript> EmbeddedIn(Assembly assembly, string folder)
    {
        foreach (var resource in assembly.GetManifestResourceNames()
                     .Where(n => n.Contains(folder, StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new SchemaScript(resource.Split('.')[^2], reader.ReadToEnd());
        }
    }

    private static string Fill(string sql, string service) => sql
        .Replace("{{owner}}", service + "_owner", StringComparison.Ordinal)
        .Replace("{{app}}", service + "_app", StringComparison.Ordinal)
        .Replace("{{worker}}", service + "_worker", StringComparison.Ordinal)
        .Replace("{{marten}}", service + "_marten", StringComparison.Ordinal);

    internal static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    internal static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}

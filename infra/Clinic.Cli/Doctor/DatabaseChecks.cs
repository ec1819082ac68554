using Clinic.EventLog;
using Clinic.Hosting;
using Npgsql;

namespace Clinic.Cli.Doctor;

/// <summary>One service's database, looked at through the service's own two logins: what they cannot see, the service cannot either.</summary>
public static class DatabaseChecks
{
    /// <param name="follows">Producers the service follows.</param>
    /// <param name="ownScripts">The service's own schema; null when its program was not found.</param>
    public static async Task<IReadOnlyList<Finding>> Run(
        DatabaseSettings settings, Guid installation, string[] follows, SchemaScript[]? ownScripts, CancellationToken ct)
    {
        await using var database = new Database(settings);
        var service = settings.Service;
        var findings = new List<Finding>();
        async Task Check(string name, Func<Task<Finding>> look)
        {
            try
            {
                findings.Add(await look());
            }
            catch (NpgsqlException e)
            {
                findings.Add(new Finding(service, name, false, e.Message));
            }
        }

        await Check("app login", () => Belongs(database.Reader, "app login", service, installation, ct));
        await Check("worker login", () => Belongs(database.Worker, "worker login", service, installation, ct));
        if (findings.TrueForAll(finding => !finding.Ok)) return findings;
        await Check("schema", () => Schema(database.Worker, service, ownScripts, ct));
        foreach (var (name, sql) in Structure.Queries.Concat(Flow.Queries))
            await Check(name, async () => Finding.Of(service, name, await Column(database.Worker, sql, ct, service)));
        await Check("facts", async () => Finding.Of(service, "facts", await Column(database.Worker, Flow.StaleFacts, ct, follows)));
        return findings;
    }

    private static async Task<Finding> Belongs(NpgsqlDataSource login, string name, string service, Guid installation, CancellationToken ct)
    {
        var found = (await Column(login, "select service || ' of installation ' || installation_id from clinic.installation", ct)).SingleOrDefault();
        var wanted = $"{service} of installation {installation}";
        return new Finding(service, name, found == wanted, found == wanted ? "" : $"this is the database of {found ?? "nobody"}, not of {wanted}");
    }

    private static async Task<Finding> Schema(NpgsqlDataSource worker, string service, SchemaScript[]? ownScripts, CancellationToken ct)
    {
        var applied = (await Column(worker, "select name || ' ' || encode(checksum, 'hex') from clinic.schema_version", ct))
            .ToDictionary(line => line.Split(' ')[0], line => line.Split(' ')[1]);
        var problems = new List<string>();
        foreach (var script in Migrator.For(service, ownScripts ?? []))
        {
            if (!applied.TryGetValue(script.Name, out var checksum)) problems.Add($"{script.Name} is not applied: run clinic migrate");
            else if (checksum != Convert.ToHexStringLower(Migrator.Checksum(script))) problems.Add($"{script.Name} is another version's");
        }
        return Finding.Of(service, "schema", problems, ownScripts is null ? $"{applied.Count} scripts; the service's own were not compared: its program was not found" : $"{applied.Count} scripts");
    }

    private static async Task<List<string>> Column(NpgsqlDataSource login, string sql, CancellationToken ct, object? parameter = null)
    {
        await using var command = login.CreateCommand(sql);
        if (sql.Contains("$1", StringComparison.Ordinal)) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) lines.Add(reader.GetString(0));
        return lines;
    }
}

using System.Text.Json;
using Clinic.Cli.ExportLog;
using Clinic.Cli.Verify;
using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Proof;
using Npgsql;

namespace Clinic.Cli.RestoreTest;

/// <summary>What one service's database is worth after a restore.</summary>
/// <param name="Verdict">The verifier's line.</param>
/// <param name="Views">How many views are what their log makes, or what differs.</param>
/// <param name="Tombstones">Erasures the restored vault knew nothing of.</param>
internal sealed record RestoredLog(string Service, long Events, bool RootsMatch, string Verdict, bool ViewsMatch, string Views, int Tombstones)
{
    /// <summary>A checkpoint is signed a moment after the commit it covers, by another clock than that of the restore.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    public static async Task<RestoredLog> Judge(Installed installed, string service, string program, DateTimeOffset restoredTo, CancellationToken ct)
    {
        var verdict = await Verified(installed, service, restoredTo, ct);
        var (drifted, views) = await CompareViews(service, program, ct);
        var before = await Erased(installed, service, ct);
        var (code, _, error) = await ServicePrograms.Run(service, program, ["migrate"], ct, installed.CheckpointsOf(service).DirectoryName);
        if (code != 0) throw new IOException($"migrating the restored {service}: {ServicePrograms.Reason(error)}");
        var replayed = (int)(await Erased(installed, service, ct) - before);
        return new RestoredLog(service, verdict.Events, verdict.Flaws.Count == 0, verdict.ToString(), !drifted, views, replayed);
    }

    private static async Task<Cli.Verify.Verdict> Verified(Installed installed, string service, DateTimeOffset restoredTo, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("clinic-restored");
        try
        {
            var export = folder.CreateSubdirectory("export");
            await using var database = new Database(installed.Service(service).Database);
            await using (var connection = await database.Worker.OpenConnectionAsync(ct)) await LogExport.Write(connection, export, ct);
            var outside = Path.Combine(folder.FullName, "outside.jsonl");
            await File.WriteAllLinesAsync(outside, SignedBy(installed.CheckpointsOf(service), restoredTo - Skew), ct);
            return Verifier.Run(export, [outside], Pinned(installed, service));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What was signed after the instant of the restore cannot be in it, and what was signed before must be.</summary>
    private static IEnumerable<string> SignedBy(FileInfo file, DateTimeOffset instant) => !file.Exists ? [] : File.ReadLines(file.FullName).Where(line =>
        line.EndsWith('}') && JsonSerializer.Deserialize<JsonElement>(line).GetProperty("signedAt").GetDateTimeOffset() <= instant);

    /// <summary>The key of the log's last epoch.</summary>
    private static VerifierKey Pinned(Installed installed, string service) =>
        Directory.EnumerateFiles(installed.SecretsDirectory, $"checkpoint-{service}*.vkey").Select(file => VerifierKey.Parse(File.ReadAllText(file).Trim()))
            .MaxBy(key => LogOrigin.Parse(key.Name).Epoch) ?? throw new RefusedException($"no public key checkpoint-{service}.vkey in the folder of secrets");

    private static async Task<(bool Drifted, string Views)> CompareViews(string service, string program, CancellationToken ct)
    {
        var (code, output, error) = await ServicePrograms.Run(service, program, ["drift", "--at-rest"], ct);
        if (ServicePrograms.HasFailed(code, output)) throw new IOException($"views of the restored {service}: {ServicePrograms.Reason(error)}");
        var lines = output.Split('\n');
        return (code != 0, code == 0 ? $"{lines.Length} as their log makes them" : string.Join("; ", lines.Where(line => line.Contains(" DIFFERS: ", StringComparison.Ordinal))));
    }

    private static async Task<long> Erased(Installed installed, string service, CancellationToken ct)
    {
        var target = installed.Service(service).VaultMigration;
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(target.SuperuserConnection) { Database = target.Settings.Name, Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"select count(*) from {service}.tombstone", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}

using Npgsql;

namespace Clinic.EventLog;

/// <summary>Whether a view shows what the log says.</summary>
/// <param name="Position">At which position it was compared.</param>
/// <param name="Digest">Of the rows as the log makes them: any two machines that fold the same log to the same position agree on it.</param>
/// <param name="Changed">Rows in use that the log does not make.</param>
/// <param name="Missing">Rows the log makes that are not in use.</param>
public sealed record DriftReport(string View, long Position, string Digest, long Changed, long Missing);

/// <summary>The view made anew is compared with the one in use and thrown away.</summary>
public sealed partial class Rebuild
{
    private const int Looks = 100;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>Compares a view with what its log makes of it; changes nothing.</summary>
    /// <param name="target">The service's database; the superuser acts as its owner.</param>
    /// <param name="atRest">The service does not run, as on a restored server: the view is compared where it stands, though the log goes on.</param>
    /// <exception cref="InvalidOperationException">It is being rebuilt, or nothing moves it on: the service does not run.</exception>
    public static async Task<DriftReport> Compare(MigrationTarget target, EventTypes types, Projection projection, bool atRest = false, CancellationToken ct = default)
    {
        await using var rebuild = new Rebuild(target, types, projection) { atRest = atRest };
        await rebuild.Open(target, ct);
        await rebuild.Make(ct);
        try
        {
            return await rebuild.Differ(ct);
        }
        finally
        {
            foreach (var table in projection.Tables) await Execute(rebuild.owner, $"drop table if exists {ViewTables.Next}.{table}", CancellationToken.None);
        }
    }

    private async Task<DriftReport> Differ(CancellationToken ct)
    {
        for (var look = 1; ; look++)
        {
            await using var transaction = await owner.BeginTransactionAsync(ct);
            var now = await Fence(ct);
            // both must stand at one position; the one in use may be a moment behind
            if (now.Position >= position)
            {
                await CatchUp(now.Position, ct);
                var (changed, missing) = (0L, 0L);
                foreach (var table in projection.Tables)
                {
                    changed += await Rows($"views.{table}", $"{ViewTables.Next}.{table}", ct);
                    missing += await Rows($"{ViewTables.Next}.{table}", $"views.{table}", ct);
                }
                return new DriftReport(projection.Name, position, await ViewDigest.Of(owner, projection, ViewTables.Next, ct), changed, missing);
            }
            if (look == Looks) throw new InvalidOperationException($"{projection.Name} stands at {now.Position} of {position} and does not move: does the service run?");
            await transaction.RollbackAsync(ct);
            await Task.Delay(Between, ct);
        }
    }

    private async Task<long> Rows(string here, string notThere, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select count(*) from (select to_jsonb(a)::text from {here} a except all select to_jsonb(b)::text from {notThere} b) d", owner);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}

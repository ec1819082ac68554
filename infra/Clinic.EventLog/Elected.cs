using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>Work that one process per database does at a time: who holds the advisory lock leads, the others stand by.</summary>
public static class Elected
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs <paramref name="lead"/> while this process holds the role, again after every failure, until cancelled. The lock
    /// lives in the session, so <paramref name="lead"/> must write through the connection it is given and no other, and must
    /// use it at least every few seconds: an idle session, that is a stopped process, is closed by the server.
    /// </summary>
    /// <param name="standBy">Called while another process leads: what was wrong with our lead is wrong no more.</param>
    public static async Task Run(
        Database database, string role, Func<NpgsqlConnection, CancellationToken, Task> lead, ILogger logger, CancellationToken ct, Action? standBy = null)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenDedicated(ct);
                while (!await TryLock(connection, role, ct))
                {
                    standBy?.Invoke();
                    await Task.Delay(Retry, ct);
                }
                logger.LogInformation("Leading {Role}", role);
                await lead(connection, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // the type and SQL state say enough; messages of the database may quote data
                logger.LogWarning("{Role} stopped and will be tried again: {Error}", role,
                    e is PostgresException p ? $"PostgreSQL {p.SqlState} {p.MessageText}" : $"{e.GetType().Name}: {e.Message}");
                await Task.Delay(Retry, ct).ContinueWith(static _ => { }, CancellationToken.None);
            }
        }
    }

    internal static async Task<bool> TryLock(NpgsqlConnection connection, string role, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtext('clinic.elected'), hashtext($1))", connection)
        {
            Parameters = { new() { Value = role } }
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}

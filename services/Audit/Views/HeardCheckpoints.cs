using Clinic.EventLog;

namespace Clinic.Audit.Views;

/// <summary>What audit has heard of each service's log.</summary>
/// <param name="Size">Positions signed last.</param>
/// <param name="WitnessedSize">Positions of the last checkpoint whose cosignature was checked and holds; null for none.</param>
/// <param name="Doubts">Checkpoints that were forks or refused, or that nothing connects to the last one that is believed.</param>
internal sealed record HeardLog(string Service, string Origin, long Size, DateTimeOffset SignedAt, DateTimeOffset HeardAt, long? WitnessedSize, long Checkpoints, long Doubts);

internal static class HeardCheckpoints
{
    /// <summary>The state of every log. They are the installation's, no clinic's.</summary>
    public static async Task<List<HeardLog>> Read(Database database, CancellationToken ct)
    {
        await using var command = database.Reader.CreateCommand("""
            select service, origin, size, signed_at, heard_at,
                (select max(w.size) from clinic.heard_checkpoint w where w.service = s.service and w.origin = s.origin
                    and w.verdict in ('consistent', 'repeated', 'restored') and cardinality(w.witnesses) > 0),
                (select count(*) from clinic.heard_checkpoint c where c.service = s.service),
                (select count(*) from clinic.heard_checkpoint d where d.service = s.service and d.verdict in ('fork', 'refused'))
                    + (select count(*) from clinic.unconnected_checkpoint u where u.service = s.service)
            from (select distinct on (service) * from clinic.heard_checkpoint where verdict in ('consistent', 'restored') order by service, number desc) s
            order by service
            """);
        var logs = new List<HeardLog>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            logs.Add(new HeardLog(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.Instant(3), reader.Instant(4), reader.IsDBNull(5) ? null : reader.GetInt64(5),
                reader.GetInt64(6), reader.GetInt64(7)));
        return logs;
    }
}

using Clinic.EventLog;

namespace Clinic.Audit.Views;

/// <summary>How what was recorded here of a service agrees with its log.</summary>
/// <param name="Size">Positions of that log that were compared, under a checkpoint that is believed.</param>
/// <param name="SignedSize">Positions of the last checkpoint that is believed: what is between is compared next.</param>
/// <param name="Sequence">Public events that were compared.</param>
/// <param name="Last">Public events that were recorded here without a gap.</param>
/// <param name="Heard">Public events there are, as the service says: more than <paramref name="Last"/> is a gap, or on its way.</param>
/// <param name="GapSince">Since when something is missing here.</param>
/// <param name="Stopped">So much in a row is in no log that the comparison waits for somebody to look.</param>
/// <param name="Findings">Where the two do not agree, the newest first, at most 100.</param>
internal sealed record CrossChecked(
    string Service, string? Origin, long Size, long? SignedSize, long Sequence, long Last, long Heard, bool Stopped, IReadOnlyList<CrossCheckFinding> Findings,
    DateTimeOffset? SignedAt = null, DateTimeOffset? CheckedAt = null, DateTimeOffset? GapSince = null);

/// <param name="Why">hash-differs, not-recorded, recorded-twice (public events, by sequence), or log-differs (positions).</param>
internal sealed record CrossCheckFinding(string Service, string Why, long From, long UpTo, DateTimeOffset FoundAt, string? EventId = null);

internal static class CrossChecks
{
    private const int MostFindings = 100;

    /// <summary>Every producer, with what concerns this clinic's events.</summary>
    public static async Task<List<CrossChecked>> Read(Database database, string tenant, CancellationToken ct)
    {
        var findings = await database.Read(tenant, "select service, why, sequence, up_to, found_at, event_id from clinic.cross_check_finding where tenant_id = $1 order by number desc limit $2",
            row => new CrossCheckFinding(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.Instant(4), row.Text(5)), ct, MostFindings);
        await using var command = database.Reader.CreateCommand("""
            select c.producer, x.origin, coalesce(x.size, 0), (select h.size from clinic.heard_checkpoint h where h.service = c.producer and h.verdict in ('consistent', 'restored') order by h.number desc limit 1),
                coalesce(x.sequence, 0), c.last, c.heard, coalesce(x.stopped, false),
                nullif(x.signed_at, '-infinity'), nullif(x.checked_at, '-infinity'), c.gap_since
            from clinic.consumer c left join clinic.cross_check x on x.service = c.producer order by 1
            """);
        var checks = new List<CrossChecked>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        DateTimeOffset? Instant(int column) => reader.IsDBNull(column) ? null : reader.Instant(column);
        while (await reader.ReadAsync(ct))
            checks.Add(new CrossChecked(reader.GetString(0), reader.Text(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6),
                reader.GetBoolean(7), [.. findings.Where(f => f.Service == reader.GetString(0))], Instant(8), Instant(9), Instant(10)));
        return checks;
    }
}

using Clinic.EventLog;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>How old this service's knowledge of a producer is. A decision that needs fresh facts asks here and fails closed.</summary>
/// <param name="Age">Since the instant up to which everything has had its effect here; never negative.</param>
/// <param name="GapOpen">An event is known to be missing.</param>
/// <param name="Sequence">Last public event applied.</param>
public readonly record struct Freshness(TimeSpan Age, bool GapOpen, long Sequence)
{
    /// <summary>Reads it; a producer never heard of is infinitely old.</summary>
    public static async Task<Freshness> Of(Database database, string producer, CancellationToken ct)
    {
        await using var command = database.Reader.CreateCommand("""
            select extract(epoch from least(clock_timestamp() - as_of, interval '1000 years'))::float8, heard > last, last
            from clinic.consumer where producer = $1 and as_of > '-infinity'
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = producer });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return new Freshness(TimeSpan.MaxValue, true, 0);
        return new Freshness(TimeSpan.FromSeconds(Math.Max(0, reader.GetDouble(0))), reader.GetBoolean(1), reader.GetInt64(2));
    }
}

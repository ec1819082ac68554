using Clinic.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.Messaging;

/// <summary>
/// Gives public events their numbers, in position order: one dense sequence per producer, one per producer and tenant.
/// Numbers are committed before anything is published, so a number never means two events.
/// </summary>
internal sealed class Numbering
{
    private const string Checkpoint = "relay:numbered";
    private readonly EventTypes types;
    private readonly Publication publication;
    private readonly Dictionary<string, long> perTenant;

    private Numbering(EventTypes types, Publication publication, long position, long sequence, Dictionary<string, long> perTenant)
    {
        this.types = types;
        this.publication = publication;
        this.perTenant = perTenant;
        Position = position;
        Sequence = sequence;
    }

    /// <summary>Last position looked at.</summary>
    public long Position { get; private set; }

    /// <summary>Last number given.</summary>
    public long Sequence { get; private set; }

    public static async Task<Numbering> Resume(NpgsqlConnection connection, EventTypes types, Publication publication, CancellationToken ct)
    {
        var position = await Checkpoints.Read(connection, Checkpoint, ct);
        var perTenant = new Dictionary<string, long>();
        long sequence = 0;
        await using var command = new NpgsqlCommand("select tenant_id, max(tenant_sequence), max(sequence) from clinic.publication group by tenant_id", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            perTenant[reader.GetString(0)] = reader.GetInt64(1);
            sequence = Math.Max(sequence, reader.GetInt64(2));
        }
        return new Numbering(types, publication, position, sequence, perTenant);
    }

    /// <summary>Numbers the next page of the log; returns how many events it looked at.</summary>
    public async Task<int> Next(NpgsqlConnection connection, int limit, CancellationToken ct)
    {
        var page = await LogReader.After(connection, types, Position, limit, ct);
        if (page.Count == 0) return 0;
        var open = page.Where(logged => publication(logged.Event) is not null).ToArray();
        var sequence = Sequence;
        var tenants = new Dictionary<string, long>(perTenant);
        var tenantSequences = open.Select(logged => tenants[logged.Event.TenantId] = tenants.GetValueOrDefault(logged.Event.TenantId) + 1).ToArray();

        await using var batch = new NpgsqlBatch(connection);
        var insert = new NpgsqlBatchCommand("""
            insert into clinic.publication (sequence, position, tenant_id, tenant_sequence) select * from unnest($1, $2, $3, $4)
            """);
        void Add<T>(NpgsqlDbType type, IEnumerable<T> values) =>
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() });
        Add(NpgsqlDbType.Bigint, open.Select(_ => ++sequence));
        Add(NpgsqlDbType.Bigint, open.Select(logged => logged.Position));
        Add(NpgsqlDbType.Text, open.Select(logged => logged.Event.TenantId));
        Add(NpgsqlDbType.Bigint, tenantSequences);
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(Checkpoints.Write(Checkpoint, page[^1].Position));
        await batch.ExecuteNonQueryAsync(ct);

        Position = page[^1].Position;
        Sequence = sequence;
        foreach (var (tenant, last) in tenants) perTenant[tenant] = last;
        return page.Count;
    }
}

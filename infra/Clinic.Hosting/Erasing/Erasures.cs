using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Npgsql;

namespace Clinic.Hosting.Erasing;

/// <summary>
/// A service's part in an erasure: record that keys will die, destroy them, wait until no process holds one, say so. Each step may be
/// repeated after a crash.
/// </summary>
public static class Erasures
{
    internal const string Deadline = "destroy-keys";

    /// <summary>Which erasures there were, and the deadline that makes each happen.</summary>
    internal static Projection View { get; } = new("erasures", logged => logged.Event.Data switch
    {
        KeysErasing e =>
        [
            Sql.Statement("""
                insert into views.erasures (tenant_id, client_id, erasure_id, subjects, data_classes, begun_at) values ($1, $2, $3, $4, $5, $6)
                """, logged.Event.TenantId, e.ClientId, e.ErasureId, e.Subjects, e.DataClasses, logged.Event.Timestamp),
            Deadlines.Set(logged, $"{Deadline}/{e.ErasureId}", logged.Event.Timestamp)
        ],
        KeysDestroyed e =>
        [
            Sql.Statement("update views.erasures set destroyed_at = $4 where tenant_id = $1 and client_id = $2 and erasure_id = $3",
                logged.Event.TenantId, e.ClientId, e.ErasureId, logged.Event.Timestamp)
        ],
        _ => []
    })
    { Tables = ["erasures"] };

    /// <summary>Records that this service will destroy its keys for a client; they die right after.</summary>
    public static Task Begin(CommandScope scope, string clientId, string erasureId, string[] dataClasses, CancellationToken ct) =>
        scope.Execute<KeysErasing, SubjectKeys>(new KeysErasing(clientId, erasureId, [Subjects.Of("clientId", clientId)], dataClasses), null,
            SubjectKeys.StreamId(clientId), static (erasing, state, _, _) => Begin(state, erasing), ct);

    /// <summary>The same as an event for another append: for the service that decides on erasures.</summary>
    public static ForStream Begin(string clientId, string erasureId, string[] subjects, string[] dataClasses) =>
        new(SubjectKeys.StreamId(clientId), typeof(SubjectKeys), new KeysErasing(clientId, erasureId, subjects, dataClasses));

    /// <summary>Everything erasures have made unreadable here, as the log has it.</summary>
    internal static async Task<IReadOnlyCollection<KeyOwner>> Tombstones(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select distinct tenant_id, s, c from views.erasures, unnest(subjects) s, unnest(data_classes) c
            """, connection);
        var owners = new List<KeyOwner>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) owners.Add(new KeyOwner(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return owners;
    }

    internal static IReadOnlyCollection<KeyOwner> Owners(string tenant, KeysErasing erasing) =>
        [.. erasing.Subjects.SelectMany(subject => erasing.DataClasses.Select(dataClass => new KeyOwner(tenant, subject, dataClass)))];

    private static object[] Begin(SubjectKeys? state, KeysErasing erasing) =>
        state is not null && (state.Done.Contains(erasing.ErasureId) || state.Open.Any(open => open.ErasureId == erasing.ErasureId)) ? [] : [erasing];
}

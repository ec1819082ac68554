using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Npgsql;

namespace Clinic.Intake.Service;

/// <summary>
/// The verb <c>retention</c>: what has been kept long enough, per clinic and data class. Lists it; with <c>--apply</c> requests each
/// erasure as the service itself, which holds may still refuse.
/// </summary>
internal static class Retention
{
    private const string Due = """
        with policy as (
            select distinct on (tenant_id, data ->> 'dataClass') tenant_id, data ->> 'dataClass' as data_class, (data ->> 'keepDays')::int as keep_days
            from public.mt_events where stream_id = 'retention' order by tenant_id, data ->> 'dataClass', version desc
        )
        select s.tenant_id, substr(s.id, 8), p.data_class, s.timestamp from public.mt_streams s join policy p using (tenant_id)
        where s.id like 'client-%' and s.timestamp + make_interval(days => p.keep_days) <= $1
            and not exists (select from views.erasures e where e.tenant_id = s.tenant_id and e.client_id = substr(s.id, 8)
                            and e.data_classes && array['*', p.data_class])
        order by s.tenant_id, s.timestamp, s.id, p.data_class
        """;

    public static async Task<int> Run(string[] args, ClinicService service)
    {
        if (args is not ([] or ["--apply"]))
        {
            Console.Error.WriteLine("usage: retention [--apply]");
            return 2;
        }
        await using var offline = new Offline(service);
        var (database, store, time) = (offline.Database, offline.Store, TimeProvider.System);
        var request = Handling.RequestErasure(database);
        var (listed, refused) = (0, 0);
        foreach (var (tenant, clientId, dataClass, last) in await Read(database, time.GetUtcNow()))
        {
            listed++;
            var outcome = "would be erased";
            if (args is ["--apply"]) outcome = await Apply(tenant, clientId, dataClass);
            Console.WriteLine($"intake: {tenant} {clientId} {dataClass}, last recorded {last.UtcDateTime:yyyy-MM-dd}: {outcome}");
        }
        Console.WriteLine(args is [] ? $"intake: {listed} due; --apply requests their erasure" : $"intake: {listed - refused} requested, {refused} refused");
        return 0;

        async Task<string> Apply(string tenant, string clientId, string dataClass)
        {
            var by = new Actor(Handling.Service, Roles.Service, tenant);
            // the same whenever it runs, so that a refusal is recorded once
            var erasureId = $"retention-{dataClass}-{clientId}"[..Math.Min(64, $"retention-{dataClass}-{clientId}".Length)];
            try
            {
                await request(new CommandScope(store, time, by, erasureId, erasureId, new Dictionary<string, string> { [EventHeaders.Role] = by.Role }),
                    new RequestErasure(erasureId, clientId, ErasureGrounds.RetentionEnded, [dataClass]), CancellationToken.None);
                return "erasure requested";
            }
            catch (RuleViolation violation)
            {
                refused++;
                return violation.Code;
            }
        }
    }

    private static async Task<List<(string Tenant, string ClientId, string DataClass, DateTimeOffset Last)>> Read(Database database, DateTimeOffset now)
    {
        await using var command = database.Worker.CreateCommand(Due);
        command.Parameters.Add(new NpgsqlParameter { Value = now.UtcDateTime });
        var due = new List<(string, string, string, DateTimeOffset)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) due.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.Instant(3)));
        return due;
    }
}

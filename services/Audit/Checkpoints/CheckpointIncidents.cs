using Clinic.Audit.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Proof;

namespace Clinic.Audit.Checkpoints;

/// <summary>A log that contradicts itself concerns every clinic whose records are in it: an incident for each.</summary>
internal sealed class CheckpointIncidents(IEventStore store, Database database, TimeProvider time)
{
    /// <summary>Puts it on record; the same checkpoint again changes nothing.</summary>
    public async Task Raise(string service, Verdict verdict, byte[] digest, CancellationToken ct)
    {
        if (verdict is not (Verdict.Fork or Verdict.Refused)) return;
        var id = $"checkpoint-{service}-{Convert.ToHexStringLower(digest)[..16]}";
        foreach (var tenant in await Tenants(ct))
        {
            if ((await store.Load<Incident>(tenant, Incident.StreamId(id), default, ct)).State is not null) continue;
            var scope = new CommandScope(store, time, new Actor(Handling.Service, Roles.Service, tenant), id, id,
                new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service });
            await Handling.RaiseIncident(scope, new RaiseIncident(id, "integrity", "critical", time.GetUtcNow(), $"{service}-{verdict.ToString().ToLowerInvariant()}"), ct);
        }
    }

    private async Task<List<string>> Tenants(CancellationToken ct)
    {
        await using var command = database.Worker.CreateCommand("select distinct tenant_id from public.mt_streams");
        var tenants = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) tenants.Add(reader.GetString(0));
        return tenants;
    }
}

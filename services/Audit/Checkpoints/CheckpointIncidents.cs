using Clinic.Audit.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Proof;

namespace Clinic.Audit.Checkpoints;

/// <summary>A log that contradicts itself concerns every clinic whose records are in it: an incident for each, and one for as long as it is open.</summary>
internal sealed class CheckpointIncidents(IEventStore store, Database database, TimeProvider time)
{
    /// <summary>Puts it on record; while an incident of the same kind is open for a clinic, that one says it.</summary>
    public async Task Raise(string service, Verdict verdict, CancellationToken ct)
    {
        var kind = verdict.ToString().ToLowerInvariant();
        foreach (var tenant in await Tenants(ct))
        {
            if (await Next(tenant, service, kind, ct) is not { } id) continue;
            var scope = new CommandScope(store, time, new Actor(Handling.Service, Roles.Service, tenant), id, id,
                new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service });
            await Handling.RaiseIncident(scope, new RaiseIncident(id, "integrity", "critical", time.GetUtcNow(), $"{service}-{kind}"), ct);
        }
    }

    /// <summary>Whether any clinic still has one of this kind to deal with.</summary>
    public async Task<bool> AnyOpen(string service, Verdict verdict, CancellationToken ct)
    {
        foreach (var tenant in await Tenants(ct))
            if (await Next(tenant, service, verdict.ToString().ToLowerInvariant(), ct) is null) return true;
        return false;
    }

    /// <summary>The first id that no incident has; null while the last of them is open.</summary>
    private async Task<string?> Next(string tenant, string service, string kind, CancellationToken ct)
    {
        for (var number = 1; ; number++)
        {
            var id = $"checkpoint-{kind}-{service}-{number}";
            if ((await store.Load<Incident>(tenant, Incident.StreamId(id), default, ct)).State is not { } incident) return id;
            if (!incident.Closed) return null;
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

using Clinic.Audit.Incidents;
using Clinic.Contracts;
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
        foreach (var tenant in await Tenants(ct))
            await OpenIncidents.Raise(store, time, tenant, Kind(service, verdict), "critical", $"{service}-{verdict.ToString().ToLowerInvariant()}", ct);
    }

    /// <summary>Whether any clinic still has one of this kind to deal with.</summary>
    public async Task<bool> AnyOpen(string service, Verdict verdict, CancellationToken ct)
    {
        foreach (var tenant in await Tenants(ct))
            if (await OpenIncidents.Next(store, tenant, Kind(service, verdict), ct) is null) return true;
        return false;
    }

    private static string Kind(string service, Verdict verdict) => $"checkpoint-{verdict.ToString().ToLowerInvariant()}-{service}";

    private async Task<List<string>> Tenants(CancellationToken ct)
    {
        await using var command = database.Worker.CreateCommand("select distinct tenant_id from public.mt_streams");
        var tenants = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) tenants.Add(reader.GetString(0));
        return tenants;
    }
}

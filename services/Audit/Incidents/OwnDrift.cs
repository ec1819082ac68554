using Clinic.EventLog;
using Clinic.EventLog.Drift;
using Clinic.Hosting;

namespace Clinic.Audit.Incidents;

/// <summary>Audit hears of other services' views on the bus, and of its own here.</summary>
internal sealed class OwnDrift(DriftRecords records, IEventStore store, TimeProvider time) : IDriftRecords
{
    public async Task Found(DriftFound found, CancellationToken ct)
    {
        await records.Found(found, ct);
        await OpenIncidents.Raise(store, time, found.Tenant, $"drift-{Handling.Service}-{found.View}", "high", $"{Handling.Service}-{found.View}", ct);
    }

    public Task Repaired(DriftFound found, CancellationToken ct) => records.Repaired(found, ct);
}

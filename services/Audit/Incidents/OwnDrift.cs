using Clinic.Contracts;
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
        await OpenIncidents.Raise(store, found.Tenant, $"drift-{Handling.Service}-{found.View}", "high", time.GetUtcNow(), $"{Handling.Service}-{found.View}",
            id => new CommandScope(store, time, new Actor(Handling.Service, Roles.Service, found.Tenant), id, id, new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service }), ct);
    }

    public Task Repaired(DriftFound found, CancellationToken ct) => records.Repaired(found, ct);
}

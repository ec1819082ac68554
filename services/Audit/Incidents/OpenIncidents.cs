using Clinic.Audit.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Incidents;

/// <summary>Incidents that audit raises by itself: while one of a kind is open for a clinic, that one says it, however often it is seen.</summary>
internal static class OpenIncidents
{
    /// <summary>The first id <c>KIND-N</c> that no incident has; null while the last of them is open.</summary>
    public static async Task<string?> Next(IEventStore store, string tenant, string kind, CancellationToken ct)
    {
        for (var number = 1; ; number++)
        {
            var id = $"{kind}-{number}";
            if ((await store.Load<Incident>(tenant, Incident.StreamId(id), default, ct)).State is not { } incident) return id;
            if (!incident.Closed) return null;
        }
    }

    /// <summary>Raises one that audit has found itself, unless one of its kind is open.</summary>
    public static Task Raise(IEventStore store, TimeProvider time, string tenant, string kind, string severity, string reference, CancellationToken ct) =>
        Raise(store, tenant, kind, severity, time.GetUtcNow(), reference, id => new CommandScope(store, time, new Actor(Handling.Service, Roles.Service, tenant), id, id,
            new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service }), ct);

    /// <summary>Raises one unless one of its kind is open.</summary>
    /// <param name="scope">Made for its id: who raises it, in which clinic.</param>
    public static async Task Raise(
        IEventStore store, string tenant, string kind, string severity, DateTimeOffset discoveredAt, string reference, Func<string, CommandScope> scope, CancellationToken ct)
    {
        if (await Next(store, tenant, kind, ct) is { } id) await Handling.RaiseIncident(scope(id), new RaiseIncident(id, "integrity", severity, discoveredAt, reference), ct);
    }
}

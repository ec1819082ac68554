using Clinic.Contracts;
using Clinic.EventLog.Drift;

namespace Clinic.Hosting;

/// <summary>What was wrong with one view on one day, and was put right.</summary>
public sealed record DriftLog(string Id, long Version)
{
    // no client's id holds a dot
    public static string StreamId(string view, DateTimeOffset at) => $"drift.{view}-{at.UtcDateTime:yyyyMMdd}";

    public static DriftLog Create(ViewDriftFound found) => new("drift." + found.View, 0);

    public DriftLog Apply(ViewDriftFound found) => this;

    public DriftLog Apply(ViewRepaired repaired) => this;
}

/// <summary>Drift as events of the clinic whose rows they were, published like every other.</summary>
public sealed class DriftRecords(AccessRecords records, ServiceSettings settings, TimeProvider time) : IDriftRecords
{
    public Task Found(DriftFound found, CancellationToken ct) =>
        Append(found, new ViewDriftFound(found.View, found.Position, found.Changed, found.Missing, found.Added, [.. found.Keys]), ct);

    public Task Repaired(DriftFound found, CancellationToken ct) =>
        Append(found, new ViewRepaired(found.View, found.Position, found.Changed + found.Missing + found.Added), ct);

    private Task Append(DriftFound found, object happened, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return records.Append<DriftLog>(new Actor(settings.Service, Roles.Service, found.Tenant), now, DriftLog.StreamId(found.View, now), happened, null, ct);
    }
}

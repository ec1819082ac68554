namespace Clinic.Session.Domain;

public sealed record PractitionerEngaged(string PractitionerId, DateOnly Day, string SessionId, string? GroupId = null);

public sealed record PractitionerFreed(string PractitionerId, DateOnly Day, string SessionId);

/// <summary>
/// Which sessions a practitioner began on one day and has not ended: one at a time, or those of one group (domain rule
/// 2.3.6). A day, so that no stream grows with the years.
/// </summary>
public sealed record PractitionerDay(string Id, string PractitionerId, DateOnly Day, PractitionerEngaged[] Open)
{
    public long Version { get; init; }

    public static string StreamId(string practitionerId, DateOnly day) => $"engaged-{practitionerId}-{day:yyyyMMdd}";

    public bool IsBusy(string? groupId) => Array.Exists(Open, e => groupId is null || e.GroupId != groupId);

    public static PractitionerDay Create(PractitionerEngaged e) =>
        new(StreamId(e.PractitionerId, e.Day), e.PractitionerId, e.Day, [e]);

    public PractitionerDay Apply(PractitionerEngaged e) => this with { Open = [.. Open, e] };

    public PractitionerDay Apply(PractitionerFreed e) =>
        this with { Open = [.. Open.Where(o => o.SessionId != e.SessionId)] };
}

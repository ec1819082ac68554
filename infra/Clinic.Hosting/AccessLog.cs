using Clinic.Contracts;

namespace Clinic.Hosting;

/// <summary>Who was shown a client's record on one day: a stream of its own, so that reading never disturbs a decision.</summary>
public sealed record AccessLog(string Id, long Version)
{
    public static string StreamId(string clientId, DateTimeOffset at) => $"access-{clientId}-{at.UtcDateTime:yyyyMMdd}";

    public static AccessLog Create(RecordViewed viewed) => new("access-" + viewed.ClientId, 0);

    public AccessLog Apply(RecordViewed viewed) => this;
}

/// <summary>Who was shown lists of clients in one hour.</summary>
public sealed record ListLog(string Id, long Version)
{
    // no client's id holds a dot
    public static string StreamId(DateTimeOffset at) => $"access.lists-{at.UtcDateTime:yyyyMMddHH}";

    public static ListLog Create(RecordsListed listed) => new("access.lists", 0);

    public ListLog Apply(RecordsListed listed) => this;
}

/// <summary>What one person was refused on one day.</summary>
public sealed record DenialLog(string Id, long Version)
{
    // no client's id holds a dot
    public static string StreamId(string actorId, DateTimeOffset at) => $"denied.{actorId}-{at.UtcDateTime:yyyyMMdd}";

    public static DenialLog Create(AccessDenied denied) => new("denied." + denied.Who, 0);

    public DenialLog Apply(AccessDenied denied) => this;
}

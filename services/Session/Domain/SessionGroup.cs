namespace Clinic.Session.Domain;

public sealed record SessionGrouped(string GroupId, string SessionId, string ClientId);

/// <summary>Sessions of several clients that meet at the same time; each is gated, recorded and ended on its own.</summary>
public sealed record SessionGroup(string Id, string GroupId, SessionGrouped[] Members)
{
    public long Version { get; init; }

    public static string StreamId(string groupId) => $"group-{groupId}";

    public static SessionGroup Create(SessionGrouped e) => new(StreamId(e.GroupId), e.GroupId, [e]);

    public SessionGroup Apply(SessionGrouped e) => this with { Members = [.. Members, e] };
}

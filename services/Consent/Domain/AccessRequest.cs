using Clinic.Contracts;

namespace Clinic.Consent.Domain;

public sealed record AccessRequested(string RequestId, string ClientId, string[] Categories, DateTimeOffset DueAt);

[Subject("clientId")]
public sealed record AccessExtended(string RequestId, string ClientId, Personal<string> Reason, DateTimeOffset DueAt);

public sealed record AccessProvided(string RequestId, string ClientId, string ContentHash, string By);

public sealed record AccessOverdue(string RequestId, string ClientId, DateTimeOffset DueAt);

/// <summary>One request for a copy of the record, until it was given.</summary>
public sealed record AccessRequest(
    string Id, string RequestId, string ClientId, string[] Categories, DateTimeOffset DueAt, bool Extended = false, bool Overdue = false, string? ContentHash = null)
{
    public long Version { get; init; }

    public static string StreamId(string requestId) => $"access-request-{requestId}";

    public static AccessRequest Create(AccessRequested e) => new(StreamId(e.RequestId), e.RequestId, e.ClientId, e.Categories, e.DueAt);

    public AccessRequest Apply(AccessExtended e) => this with { DueAt = e.DueAt, Extended = true };

    public AccessRequest Apply(AccessProvided e) => this with { ContentHash = e.ContentHash };

    public AccessRequest Apply(AccessOverdue e) => this with { Overdue = true };

    public AccessRequest Apply(NotificationWanted e) => this;
}

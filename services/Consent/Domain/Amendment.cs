using Clinic.Contracts;

namespace Clinic.Consent.Domain;

[Subject("clientId")]
public sealed record AmendmentRequested(
    string AmendmentId, string ClientId, string Category, Personal<string> Statement, DateTimeOffset DueAt, string? ItemId = null);

[Subject("clientId")]
public sealed record AmendmentDecided(
    string AmendmentId, string ClientId, bool Accepted, string Basis, string DecidedBy, Personal<string>? Explanation = null);

[Subject("clientId")]
public sealed record DisagreementStated(string AmendmentId, string ClientId, Personal<string> Statement);

[Subject("clientId")]
public sealed record AmendmentExtended(string AmendmentId, string ClientId, Personal<string> Reason, DateTimeOffset DueAt);

public sealed record AmendmentOverdue(string AmendmentId, string ClientId, DateTimeOffset DueAt);

/// <summary>A request to correct the record, its answer, and the client's disagreement: kept with the record, never instead of it.</summary>
public sealed record Amendment(string Id, string ClientId, string Category, bool? Accepted = null, string? Basis = null, bool Disagreed = false)
{
    public DateTimeOffset DueAt { get; init; }

    public bool Extended { get; init; }

    public bool Overdue { get; init; }

    public long Version { get; init; }

    public static string StreamId(string amendmentId) => $"amendment-{amendmentId}";

    public static Amendment Create(AmendmentRequested e) => new(StreamId(e.AmendmentId), e.ClientId, e.Category) { DueAt = e.DueAt };

    public Amendment Apply(AmendmentDecided e) => this with { Accepted = e.Accepted, Basis = e.Basis };

    public Amendment Apply(AmendmentExtended e) => this with { DueAt = e.DueAt, Extended = true };

    public Amendment Apply(AmendmentOverdue e) => this with { Overdue = true };

    public Amendment Apply(NotificationWanted e) => this;

    public Amendment Apply(DisagreementStated e) => this with { Disagreed = true };
}

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

/// <summary>A request to correct the record, its answer, and the client's disagreement: kept with the record, never instead of it.</summary>
public sealed record Amendment(string Id, string ClientId, string Category, bool? Accepted = null, string? Basis = null, bool Disagreed = false)
{
    public long Version { get; init; }

    public static string StreamId(string amendmentId) => $"amendment-{amendmentId}";

    public static Amendment Create(AmendmentRequested e) => new(StreamId(e.AmendmentId), e.ClientId, e.Category);

    public Amendment Apply(AmendmentDecided e) => this with { Accepted = e.Accepted, Basis = e.Basis };

    public Amendment Apply(DisagreementStated e) => this with { Disagreed = true };
}

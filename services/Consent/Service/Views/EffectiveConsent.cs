using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Views;

/// <summary>A client's directives as recorded by an instant, and which of them held at it.</summary>
/// <param name="Version">Version of the client's directive stream; what a decision cites.</param>
internal sealed record EffectiveConsent(string ClientId, long Version, DateTimeOffset AsOf, IReadOnlyList<DirectiveRow> Directives)
{
    public const string Name = "consents";

    public static EffectiveConsent Of(string clientId, ClientConsents? consents, DateTimeOffset asOf) => new(clientId, consents?.Version ?? 0, asOf,
        consents?.Directives.Select(d => new DirectiveRow(d.Id, d.Version, d.Status.ToString().ToLowerInvariant(), d.HoldsAt(asOf), d.Document, d.Scopes,
            d.ValidFrom, d.ExpiresAt, d.WithdrawnFrom)).ToArray() ?? []);
}

/// <summary>One directive.</summary>
/// <param name="Active">Whether it held at the instant asked for.</param>
internal sealed record DirectiveRow(
    string DirectiveId, int DirectiveVersion, string Status, bool Active, DocumentReference Document, ConsentScope[] Scopes,
    DateTimeOffset? ValidFrom, DateTimeOffset? ExpiresAt, DateTimeOffset? WithdrawnFrom);

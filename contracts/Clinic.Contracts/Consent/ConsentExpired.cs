namespace Clinic.Contracts.Consent;

/// <summary>
/// A directive has run out. It had stopped holding at <paramref name="EffectiveAt"/>, whether or not this had been
/// said.
/// </summary>
/// <param name="ClientId">Whose consent, by pseudonym.</param>
/// <param name="DirectiveId">The directive.</param>
/// <param name="DirectiveVersion">
/// Number of this directive's changes so far; a higher one overrules a lower one.
/// </param>
/// <param name="Scopes">What is no longer allowed.</param>
/// <param name="Trigger"><c>date</c>, <c>event</c>, or <c>not-reaffirmed</c> after a proxy's authority ended.</param>
/// <param name="EffectiveAt">First instant at which it no longer holds.</param>
[Contract("consent.expired.v1")]
public sealed record ConsentExpired(
    string ClientId, string DirectiveId, int DirectiveVersion, ConsentScope[] Scopes, string Trigger,
    DateTimeOffset EffectiveAt)
{
    public const string Date = "date";
    public const string Event = "event";
    public const string NotReaffirmed = "not-reaffirmed";
}

namespace Clinic.Contracts.Consent;

/// <summary>The client disagrees with the denial of an amendment; what they say is kept with the record. Source: 45 CFR 164.526(d)(2).</summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="ClientId">Whose record, by pseudonym.</param>
[Contract("consent.disagreement-stated.v1")]
public sealed record DisagreementStated(string AmendmentId, string ClientId);

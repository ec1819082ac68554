namespace Clinic.Contracts.Consent;

/// <summary>
/// The client disagrees with a denied amendment; the statement is kept with the record: 45 CFR 164.526(d).
/// </summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="Statement">In the client's words; stored, never published.</param>
[Contract("consent.state-disagreement.v1")]
public sealed record StateDisagreement(string AmendmentId, [property: Sensitive] string Statement);

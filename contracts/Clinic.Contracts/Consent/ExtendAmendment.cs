namespace Clinic.Contracts.Consent;

/// <summary>The answer to an amendment takes longer: once, by 30 days, and the client is told in writing why and until when (45 CFR 164.526(b)(2)(ii)).</summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="Reason">What the client was told; stored, never published.</param>
[Contract("consent.extend-amendment.v1")]
public sealed record ExtendAmendment(string AmendmentId, [property: Sensitive] string Reason);

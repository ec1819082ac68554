namespace Clinic.Contracts.Consent;

/// <summary>The clinic answers a request for amendment.</summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="Accepted">Whether the record is amended.</param>
/// <param name="Basis">Why, a code such as <c>accurate-and-complete</c>.</param>
/// <param name="Explanation">In plain words; needed when it is denied.</param>
[Contract("consent.decide-amendment.v1")]
public sealed record DecideAmendment(
    string AmendmentId, bool Accepted, string Basis, [property: Sensitive] string? Explanation = null);

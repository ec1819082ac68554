namespace Clinic.Contracts.Consent;

/// <summary>The client asks for a copy of the record: 45 CFR 164.524; GDPR 15. What this service has, the client may also export at once.</summary>
/// <param name="RequestId">The new request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Categories">Categories of records; none is all of them. Psychotherapy notes are not among them.</param>
[Contract("consent.request-access.v1")]
public sealed record RequestAccess(string RequestId, string ClientId, string[] Categories);

namespace Clinic.Contracts.Consent;

/// <summary>Something happened that directives were granted until: 45 CFR 164.508(c)(1)(v).</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="EventCode">The code that the grant named, for example <c>end-of-treatment</c>.</param>
[Contract("consent.report-expiry-event.v1")]
public sealed record ReportExpiryEvent(string ClientId, string EventCode);

namespace Clinic.Contracts.Consent;

/// <summary>
/// In an emergency something was told to somebody outside. Names and circumstances stay with the consent service.
/// Source: 42 CFR 2.51(c).
/// </summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="AccessId">The emergency access under which it was made.</param>
/// <param name="At">When.</param>
[Contract("consent.emergency-disclosure-made.v1")]
public sealed record EmergencyDisclosureMade(string DisclosureId, string ClientId, string AccessId, DateTimeOffset At);

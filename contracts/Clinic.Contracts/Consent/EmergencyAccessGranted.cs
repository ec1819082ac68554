namespace Clinic.Contracts.Consent;

/// <summary>
/// Somebody broke the glass: sees a client's record without consent to it, for a few hours.
/// </summary>
/// <param name="AccessId">The access.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="UserId">Who.</param>
/// <param name="ReasonCode">One of <see cref="EmergencyReasons"/>.</param>
/// <param name="ExpiresAt">First instant at which it no longer holds.</param>
[Contract("consent.emergency-access-granted.v1")]
public sealed record EmergencyAccessGranted(
    string AccessId, string ClientId, string UserId, string ReasonCode, DateTimeOffset ExpiresAt);

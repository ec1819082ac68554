namespace Clinic.Contracts.Consent;

/// <summary>Somebody tried to break the glass and was refused.</summary>
/// <param name="AccessId">The access asked for.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="UserId">Who.</param>
/// <param name="DenialCode"><c>not_authorised</c> or <c>emergency_access_denied</c>.</param>
[Contract("consent.emergency-access-denied.v1")]
public sealed record EmergencyAccessDenied(string AccessId, string ClientId, string UserId, string DenialCode);

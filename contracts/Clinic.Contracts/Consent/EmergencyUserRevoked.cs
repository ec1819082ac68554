namespace Clinic.Contracts.Consent;

/// <summary>Somebody may no longer break the glass.</summary>
/// <param name="UserId">Who.</param>
[Contract("consent.emergency-user-revoked.v1")]
public sealed record EmergencyUserRevoked(string UserId);

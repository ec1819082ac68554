namespace Clinic.Contracts.Consent;

/// <summary>Somebody may no longer break the glass.</summary>
/// <param name="UserId">The practitioner.</param>
[Contract("consent.revoke-emergency-user.v1")]
public sealed record RevokeEmergencyUser(string UserId);

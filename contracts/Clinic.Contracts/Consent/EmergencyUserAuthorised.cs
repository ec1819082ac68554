namespace Clinic.Contracts.Consent;

/// <summary>Somebody may break the glass from now on.</summary>
/// <param name="UserId">Who.</param>
[Contract("consent.emergency-user-authorised.v1")]
public sealed record EmergencyUserAuthorised(string UserId);

namespace Clinic.Contracts.Consent;

/// <summary>Somebody may break the glass from now on.</summary>
/// <param name="UserId">The practitioner.</param>
[Contract("consent.authorise-emergency-user.v1")]
public sealed record AuthoriseEmergencyUser(string UserId);

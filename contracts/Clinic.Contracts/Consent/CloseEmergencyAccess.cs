namespace Clinic.Contracts.Consent;

/// <summary>Ends an emergency access before its time.</summary>
/// <param name="AccessId">The access.</param>
[Contract("consent.close-emergency-access.v1")]
public sealed record CloseEmergencyAccess(string AccessId);

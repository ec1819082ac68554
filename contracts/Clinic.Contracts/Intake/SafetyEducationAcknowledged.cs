namespace Clinic.Contracts.Intake;

/// <summary>The client says that they have read this version of the content. A newer version is to be acknowledged anew.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="ContentId">Which content.</param>
/// <param name="Version">Its version.</param>
[Contract("intake.safety-education-acknowledged.v1")]
public sealed record SafetyEducationAcknowledged(string ClientId, string ContentId, int Version);

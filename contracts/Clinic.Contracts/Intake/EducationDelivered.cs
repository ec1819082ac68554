namespace Clinic.Contracts.Intake;

/// <summary>Educational content was delivered to a client.</summary>
/// <param name="ClientId">To whom.</param>
/// <param name="ContentId">Which content.</param>
/// <param name="Version">Its version.</param>
[Contract("intake.education-delivered.v1")]
public sealed record EducationDelivered(string ClientId, string ContentId, int Version);

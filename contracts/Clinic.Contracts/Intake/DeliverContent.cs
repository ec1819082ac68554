namespace Clinic.Contracts.Intake;

/// <summary>Educational or safety content was given to a client.</summary>
/// <param name="ClientId">To whom.</param>
/// <param name="ContentId">Which content.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Language">BCP 47.</param>
[Contract("intake.deliver-content.v1")]
public sealed record DeliverContent(string ClientId, string ContentId, int Version, string Language);

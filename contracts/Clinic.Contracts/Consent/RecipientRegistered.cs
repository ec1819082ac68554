namespace Clinic.Contracts.Consent;

/// <summary>A recipient was registered or its registration changed. Details stay with the consent service.</summary>
/// <param name="RecipientId">The recipient.</param>
[Contract("consent.recipient-registered.v1")]
public sealed record RecipientRegistered(string RecipientId);

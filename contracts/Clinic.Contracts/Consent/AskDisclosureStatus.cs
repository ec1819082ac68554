namespace Clinic.Contracts.Consent;

/// <summary>A recipient asks what became of its own request. The answer is an event, <see cref="DisclosureStatusTold"/>.</summary>
/// <param name="AskId">The new question.</param>
/// <param name="DisclosureId">The request.</param>
[Contract("consent.ask-disclosure-status.v1")]
public sealed record AskDisclosureStatus(string AskId, string DisclosureId);

namespace Clinic.Contracts.Consent;

/// <summary>
/// Somebody other than who asked approves a disclosure without consent; it is decided in the same moment.
/// </summary>
/// <param name="DisclosureId">The disclosure.</param>
[Contract("consent.approve-disclosure.v1")]
public sealed record ApproveDisclosure(string DisclosureId);

namespace Clinic.Contracts.Consent;

/// <summary>
/// In an emergency something was told to somebody outside; every member is needed. Source: 42 CFR 2.51(c).
/// </summary>
/// <param name="DisclosureId">The new disclosure.</param>
/// <param name="AccessId">The emergency access under which it was made.</param>
/// <param name="RecipientName">Who was told.</param>
/// <param name="Facility">Of which facility.</param>
/// <param name="NatureOfEmergency">What the emergency was.</param>
/// <param name="Description">What was told.</param>
/// <param name="At">When.</param>
[Contract("consent.record-emergency-disclosure.v1")]
public sealed record RecordEmergencyDisclosure(
    string DisclosureId, string AccessId, [property: Sensitive] string RecipientName,
    [property: Sensitive] string Facility, [property: Sensitive] string NatureOfEmergency,
    [property: Sensitive] string Description, DateTimeOffset At);

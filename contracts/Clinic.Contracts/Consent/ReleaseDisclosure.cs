namespace Clinic.Contracts.Consent;

/// <summary>Lets a permitted disclosure leave, if it is still permitted at this instant; else cancels it.</summary>
/// <param name="DisclosureId">The permitted disclosure.</param>
[Contract("consent.release-disclosure.v1")]
public sealed record ReleaseDisclosure(string DisclosureId);

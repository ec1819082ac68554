namespace Clinic.Contracts.Consent;

/// <summary>The recipient says what it received.</summary>
/// <param name="DisclosureId">The released disclosure.</param>
/// <param name="ContentHash">Hash of the content as received, 64 lower-case hexadecimal digits.</param>
[Contract("consent.acknowledge-disclosure.v1")]
public sealed record AcknowledgeDisclosure(string DisclosureId, string ContentHash);

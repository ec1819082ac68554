namespace Clinic.Contracts.Consent;

/// <summary>What had become of a request for records when its recipient asked.</summary>
/// <param name="AskId">The question.</param>
/// <param name="DisclosureId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">Who asked.</param>
/// <param name="Status">requested, permitted, denied, released, cancelled, delivered or delivery-failed.</param>
[Contract("consent.disclosure-status-told.v1")]
public sealed record DisclosureStatusTold(string AskId, string DisclosureId, string ClientId, string RecipientId, string Status);

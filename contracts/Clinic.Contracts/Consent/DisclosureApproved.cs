namespace Clinic.Contracts.Consent;

/// <summary>Somebody other than who asked has approved a disclosure without consent. Source: domain rule 2.2.1.</summary>
/// <param name="DisclosureId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="RecipientId">For whom.</param>
/// <param name="Approver">Who.</param>
[Contract("consent.disclosure-approved.v1")]
public sealed record DisclosureApproved(string DisclosureId, string ClientId, string RecipientId, string Approver);

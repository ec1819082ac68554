namespace Clinic.Contracts.Consent;

/// <summary>The client asks that something in the record be corrected: 45 CFR 164.526.</summary>
/// <param name="AmendmentId">The new request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Category">Category of the records concerned.</param>
/// <param name="Statement">What is wrong and what would be right; stored, never published.</param>
/// <param name="ItemId">The item concerned, where there is one.</param>
[Contract("consent.request-amendment.v1")]
public sealed record RequestAmendment(
    string AmendmentId, string ClientId, string Category, [property: Sensitive] string Statement,
    string? ItemId = null);

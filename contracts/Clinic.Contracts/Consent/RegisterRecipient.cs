namespace Clinic.Contracts.Consent;

/// <summary>
/// Registers, or changes, somebody records may be disclosed to. Name and address are what an accounting of disclosures
/// must show: 45 CFR 164.528(b)(2)(ii).
/// </summary>
/// <param name="RecipientId">The recipient.</param>
/// <param name="Name">As the client would know it.</param>
/// <param name="Address">Postal address.</param>
/// <param name="BusUser">The one bus user who may ask and acknowledge for it, <c>{tenant}.{system}</c>.</param>
/// <param name="PublicKey">Public JWK that packages for it are encrypted to.</param>
/// <param name="Intermediary">
/// True of one that gives records on to its participants, such as a health information exchange: 42 CFR 2.11. It stays what it is.
/// </param>
/// <param name="Country">Where it is, ISO 3166-1 alpha-2; for the clinic's register of processing (GDPR 30(1)(e)).</param>
/// <param name="Safeguard">On what a transfer there rests, a code such as <c>adequacy</c> or <c>standard-clauses</c>.</param>
[Contract("consent.register-recipient.v1")]
public sealed record RegisterRecipient(
    string RecipientId, [property: Sensitive] string Name, [property: Sensitive] string Address, string BusUser, string? PublicKey = null,
    bool? Intermediary = null, string? Country = null, string? Safeguard = null);

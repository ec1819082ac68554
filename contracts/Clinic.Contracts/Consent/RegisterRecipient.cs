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
[Contract("consent.register-recipient.v1")]
public sealed record RegisterRecipient(
    string RecipientId, [property: Sensitive] string Name, [property: Sensitive] string Address, string BusUser, string? PublicKey = null);

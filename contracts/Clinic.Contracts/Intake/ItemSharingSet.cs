namespace Clinic.Contracts.Intake;

/// <summary>The client has decided how far a screen or diagnosis is shared; releases use the latest.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="ItemId">Id of the screen or diagnosis.</param>
/// <param name="Level">One of <see cref="Consent.SharingLevels"/>.</param>
[Contract("intake.item-sharing-set.v1")]
public sealed record ItemSharingSet(string ClientId, string ItemId, string Level);

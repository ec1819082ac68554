namespace Clinic.Contracts.Intake;

/// <summary>The client decides how far a screen or diagnosis is shared (S20).</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="ItemId">Id of the screen or diagnosis.</param>
/// <param name="Level">One of <see cref="Consent.SharingLevels"/>.</param>
[Contract("intake.set-item-sharing.v1")]
public sealed record SetItemSharing(string ClientId, string ItemId, string Level);

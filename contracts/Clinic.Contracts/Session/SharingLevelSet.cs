namespace Clinic.Contracts.Session;

/// <summary>The client decided how far one item may go (S20).</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ThreadId">The thread.</param>
/// <param name="ItemId">The message.</param>
/// <param name="Level">One of <see cref="Consent.SharingLevels"/>.</param>
[Contract("session.sharing-level-set.v1")]
public sealed record SharingLevelSet(string ClientId, string ThreadId, string ItemId, string Level);

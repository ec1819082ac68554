namespace Clinic.Contracts.Session;

/// <summary>Decides how far one item of one's own may go (S20).</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="ItemId">The message.</param>
/// <param name="Level">One of <see cref="Consent.SharingLevels"/>.</param>
[Contract("session.set-sharing-level.v1")]
public sealed record SetSharingLevel(string ThreadId, string ItemId, string Level);

namespace Clinic.Contracts.Session;

/// <summary>Something learnt later is wrong with a session that took place. It stays as it was recorded.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ReasonCode">Why, for example <c>licence-lapsed</c>.</param>
/// <param name="EffectiveAt">Since when it was so.</param>
[Contract("session.flagged.v1")]
public sealed record SessionFlagged(string SessionId, string ClientId, string ReasonCode, DateTimeOffset EffectiveAt);

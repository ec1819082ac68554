namespace Clinic.Contracts.Session;

/// <summary>Somebody asked, or tried to.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Outcome">A code such as <c>reached</c> or <c>not-reached</c>.</param>
[Contract("session.welfare-check-done.v1")]
public sealed record WelfareCheckDone(string SessionId, string ClientId, string Outcome);

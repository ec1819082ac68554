namespace Clinic.Contracts.Session;

/// <summary>The contact is over.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Outcome">A code such as <c>reached</c> or <c>not-reached</c>.</param>
[Contract("session.crisis-contact-ended.v1")]
public sealed record CrisisContactEnded(string ContactId, string ClientId, int Minutes, string Outcome);

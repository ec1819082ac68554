namespace Clinic.Contracts.Session;

/// <summary>Ends a contact in a crisis.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Minutes">How long it took, 0 to 1440.</param>
/// <param name="Outcome">A code such as <c>reached</c> or <c>not-reached</c>.</param>
[Contract("session.end-crisis-contact.v1")]
public sealed record EndCrisisContact(string ContactId, int Minutes, string Outcome);

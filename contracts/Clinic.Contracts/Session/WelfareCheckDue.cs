namespace Clinic.Contracts.Session;

/// <summary>A client at risk was lost from sight and must be asked how they are.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Trigger"><c>no-show</c> or <c>disruption</c>.</param>
/// <param name="DueAt">When it must have happened.</param>
[Contract("session.welfare-check-due.v1")]
public sealed record WelfareCheckDue(string SessionId, string ClientId, string Trigger, DateTimeOffset DueAt);

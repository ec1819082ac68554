namespace Clinic.Contracts.Session;

/// <summary>Who answers in a thread may not do so any more: a supervisor must name somebody else.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">Who may not.</param>
/// <param name="ReasonCode">Why, for example <c>licence-lapsed</c>.</param>
[Contract("session.thread-reassignment-needed.v1")]
public sealed record ThreadReassignmentNeeded(
    string ThreadId, string ClientId, string PractitionerId, string ReasonCode);

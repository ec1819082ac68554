namespace Clinic.Contracts.Session;

/// <summary>Somebody else answers from now on.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">Who.</param>
/// <param name="ReasonCode">A code such as <c>licence-lapsed</c> or <c>requested</c>.</param>
[Contract("session.thread-reassigned.v1")]
public sealed record ThreadReassigned(string ThreadId, string ClientId, string PractitionerId, string ReasonCode);

namespace Clinic.Contracts.Session;

/// <summary>Has somebody else answer.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="PractitionerId">Who answers from now on.</param>
/// <param name="ReasonCode">A code such as <c>licence-lapsed</c> or <c>requested</c>.</param>
[Contract("session.reassign-thread.v1")]
public sealed record ReassignThread(string ThreadId, string PractitionerId, string ReasonCode);

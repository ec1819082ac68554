namespace Clinic.Contracts.Intake;

/// <summary>A peer may support clients under a supervisor.</summary>
/// <param name="PractitionerId">The peer supporter.</param>
/// <param name="Scope">Codes of what they may do, for example <c>self-guided-coaching</c>.</param>
/// <param name="SupervisorId">Who answers for them.</param>
/// <param name="ReviewBy">Last day on which the approval may be relied on.</param>
[Contract("intake.peer-supporter-approved.v1")]
public sealed record PeerSupporterApproved(string PractitionerId, string[] Scope, string SupervisorId, DateOnly ReviewBy);

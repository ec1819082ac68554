namespace Clinic.Contracts.Intake;

/// <summary>A supervisor approves a peer supporter and answers for them (S8).</summary>
/// <param name="PractitionerId">The peer supporter; not the supervisor.</param>
/// <param name="Scope">One to ten codes of what they may do.</param>
/// <param name="ReviewBy">Last day on which the approval may be relied on.</param>
[Contract("intake.approve-peer.v1")]
public sealed record ApprovePeer(string PractitionerId, string[] Scope, DateOnly ReviewBy);

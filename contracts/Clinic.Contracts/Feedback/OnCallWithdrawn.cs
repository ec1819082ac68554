namespace Clinic.Contracts.Feedback;

/// <summary>A duty no longer holds.</summary>
/// <param name="DutyId">The duty.</param>
[Contract("feedback.on-call-withdrawn.v1")]
public sealed record OnCallWithdrawn(string DutyId);

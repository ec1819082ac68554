namespace Clinic.Contracts.Feedback;

/// <summary>Somebody is on call.</summary>
/// <param name="DutyId">The duty.</param>
/// <param name="PractitionerId">Who.</param>
/// <param name="Level">1 is told first.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
[Contract("feedback.on-call-assigned.v1")]
public sealed record OnCallAssigned(
    string DutyId, string PractitionerId, int Level, DateTimeOffset From, DateTimeOffset To);

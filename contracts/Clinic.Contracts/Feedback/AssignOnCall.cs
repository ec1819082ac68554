namespace Clinic.Contracts.Feedback;

/// <summary>Somebody is on call.</summary>
/// <param name="DutyId">Chosen by the sender.</param>
/// <param name="PractitionerId">Who.</param>
/// <param name="Level">1 to 3; 1 is told first.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive; at most a week later.</param>
[Contract("feedback.assign-on-call.v1")]
public sealed record AssignOnCall(
    string DutyId, string PractitionerId, int Level, DateTimeOffset From, DateTimeOffset To);

namespace Clinic.Contracts.Feedback;

/// <summary>A misunderstanding was put right, or a concern dealt with.</summary>
/// <param name="ConcernId">The concern.</param>
/// <param name="Action">What was done, at most 4000 characters.</param>
[Contract("feedback.repair-concern.v1")]
public sealed record RepairConcern(string ConcernId, [property: Sensitive] string Action);

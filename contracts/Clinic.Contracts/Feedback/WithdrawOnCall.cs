namespace Clinic.Contracts.Feedback;

/// <summary>A duty does not hold any more.</summary>
/// <param name="DutyId">The duty.</param>
/// <param name="From">When it begins, as it was assigned.</param>
[Contract("feedback.withdraw-on-call.v1")]
public sealed record WithdrawOnCall(string DutyId, DateTimeOffset From);

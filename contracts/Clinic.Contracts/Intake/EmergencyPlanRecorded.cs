namespace Clinic.Contracts.Intake;

/// <summary>There is an emergency plan; what it says stays with intake.</summary>
/// <param name="ClientId">Whose plan.</param>
/// <param name="ReviewBy">Last day on which it may be relied on.</param>
[Contract("intake.emergency-plan-recorded.v1")]
public sealed record EmergencyPlanRecorded(string ClientId, DateOnly ReviewBy);

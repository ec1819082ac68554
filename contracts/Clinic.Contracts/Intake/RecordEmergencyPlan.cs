namespace Clinic.Contracts.Intake;

/// <summary>Whom to call and where to send help. Replaces the plan before it.</summary>
/// <param name="ClientId">Whose plan.</param>
/// <param name="ContactRef">Id of the contact in the clinic's own system; never a name or a number.</param>
/// <param name="UsualLocationRef">Id of the usual location in the clinic's own system; never an address.</param>
/// <param name="LocalServices">The services that answer there, at most 500 characters.</param>
/// <param name="ReviewBy">Last day on which the plan may be relied on.</param>
[Contract("intake.record-emergency-plan.v1")]
public sealed record RecordEmergencyPlan(
    string ClientId, string ContactRef, string UsualLocationRef, string LocalServices, DateOnly ReviewBy);

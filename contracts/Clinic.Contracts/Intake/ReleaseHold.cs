namespace Clinic.Contracts.Intake;

/// <summary>The reason for a hold is gone. Nothing is erased by that.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="ClientId">Whose data.</param>
[Contract("intake.release-hold.v1")]
public sealed record ReleaseHold(string HoldId, string ClientId);

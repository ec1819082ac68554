namespace Clinic.Contracts.Intake;

/// <summary>A hold no longer keeps a client's data.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="ClientId">Whose data.</param>
[Contract("intake.hold-released.v1")]
public sealed record HoldReleased(string HoldId, string ClientId);

namespace Clinic.Contracts.Intake;

/// <summary>A client's data is kept until the hold is released.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="ClientId">Whose data.</param>
/// <param name="Basis">Code.</param>
[Contract("intake.hold-placed.v1")]
public sealed record HoldPlaced(string HoldId, string ClientId, string Basis);

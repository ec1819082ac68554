namespace Clinic.Contracts.Intake;

/// <summary>A client's data must be kept, whatever else says that it may go (litigation, an inquiry).</summary>
/// <param name="HoldId">Chosen by the sender.</param>
/// <param name="ClientId">Whose data.</param>
/// <param name="Basis">Code, for example <c>litigation</c>.</param>
/// <param name="Reference">The case in the clinic's own system.</param>
[Contract("intake.place-hold.v1")]
public sealed record PlaceHold(string HoldId, string ClientId, string Basis, string Reference);

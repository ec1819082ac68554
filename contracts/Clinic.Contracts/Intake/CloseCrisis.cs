namespace Clinic.Contracts.Intake;

/// <summary>A clinician closes the crisis pathway. Whoever can be contacted was contacted, or at least somebody tried.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="Plan">What was agreed, at most 4000 characters. Stays with intake.</param>
[Contract("intake.close-crisis.v1")]
public sealed record CloseCrisis(string ClientId, [property: Sensitive] string Plan);

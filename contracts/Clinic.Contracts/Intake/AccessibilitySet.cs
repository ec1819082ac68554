namespace Clinic.Contracts.Intake;

/// <summary>What a client needs to take part has changed. The needs are health data and stay with intake.</summary>
/// <param name="ClientId">Whose.</param>
[Contract("intake.accessibility-set.v1")]
public sealed record AccessibilitySet(string ClientId);

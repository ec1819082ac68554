namespace Clinic.Contracts.Intake;

/// <summary>The crisis pathway has begun. Only a clinician closes it.</summary>
/// <param name="ClientId">Who is in crisis.</param>
/// <param name="Trigger">Code of the rule, for example <c>c-ssrs-high</c>, or of the clinician's reason.</param>
/// <param name="ScreenId">The screen that triggered it, or the id of the clinician's case.</param>
/// <param name="ContactPossible">False when nobody can reach the client.</param>
[Contract("intake.crisis-activated.v1")]
public sealed record CrisisActivated(string ClientId, string Trigger, string ScreenId, bool ContactPossible);

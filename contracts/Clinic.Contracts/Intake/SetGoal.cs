namespace Clinic.Contracts.Intake;

/// <summary>What the client wants to reach, in their words (S4, S12). The same id again replaces it.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="GoalId">Chosen by the sender.</param>
/// <param name="Text">At most 1000 characters. Stays with intake.</param>
/// <param name="ReviewBy">When to look at it again, where agreed.</param>
[Contract("intake.set-goal.v1")]
public sealed record SetGoal(string ClientId, string GoalId, [property: Sensitive] string Text, DateOnly? ReviewBy = null);

namespace Clinic.Contracts.Intake;

/// <summary>A client has a goal. What it says stays with intake.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="GoalId">The goal.</param>
/// <param name="ReviewBy">When to look at it again.</param>
[Contract("intake.goal-set.v1")]
public sealed record GoalSet(string ClientId, string GoalId, DateOnly? ReviewBy = null);

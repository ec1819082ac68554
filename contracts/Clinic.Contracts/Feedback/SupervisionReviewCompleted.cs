namespace Clinic.Contracts.Feedback;

/// <summary>A supervisor has looked at a case.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="Reviewer">The supervisor.</param>
/// <param name="Outcome"><c>continue</c>, <c>change-plan</c>, <c>step-up</c>, <c>refer-out</c> or <c>no-action</c>.</param>
[Contract("feedback.supervision-review-completed.v1")]
public sealed record SupervisionReviewCompleted(string ClientId, string ReviewId, string Reviewer, string Outcome);

namespace Clinic.Contracts.Feedback;

/// <summary>A supervisor has looked at a case.</summary>
/// <param name="ReviewId">The review.</param>
/// <param name="Outcome"><c>continue</c>, <c>change-plan</c>, <c>step-up</c>, <c>refer-out</c> or <c>no-action</c>.</param>
/// <param name="Note">At most 4000 characters.</param>
[Contract("feedback.complete-supervision.v1")]
public sealed record CompleteSupervision(string ReviewId, string Outcome, [property: Sensitive] string? Note = null);

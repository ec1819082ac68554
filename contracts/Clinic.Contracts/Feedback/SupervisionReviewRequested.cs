namespace Clinic.Contracts.Feedback;

/// <summary>A supervisor is asked to look at a case (P10).</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="Trigger"><c>deterioration</c>, <c>boundary-concern</c>, <c>response-overdue</c> or <c>requested</c>.</param>
/// <param name="SourceId">The alert, concern or message behind it.</param>
/// <param name="DueAt">When it is wanted.</param>
[Contract("feedback.supervision-review-requested.v1")]
public sealed record SupervisionReviewRequested(
    string ClientId, string ReviewId, string Trigger, string SourceId, DateTimeOffset DueAt);

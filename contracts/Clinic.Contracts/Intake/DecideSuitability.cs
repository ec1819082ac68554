namespace Clinic.Contracts.Intake;

/// <summary>A licensed clinician decides whether online care suits the client. The software never does.</summary>
/// <param name="ClientId">About whom.</param>
/// <param name="Decision">One of <see cref="SuitabilityDecisions"/>.</param>
/// <param name="Category">One of <see cref="CareCategories"/>: what the decision is about.</param>
/// <param name="Modalities">
/// Of <see cref="CareModalities"/>, those that suit. Empty when not suitable; at least one for human-supported care.
/// </param>
/// <param name="Exclusions">
/// Codes of reasons against online care (S41). Deciding for it all the same needs a referral that was accepted elsewhere; without
/// one it is an override, for which the rationale answers.
/// </param>
/// <param name="Rationale">Why, at most 4000 characters. Stays with intake.</param>
/// <param name="ReviewBy">Last day on which the decision may be relied on.</param>
/// <param name="ReferralId">The referral it answers, if any.</param>
/// <param name="SharedDecisionId">What client and clinician weighed together, where it was recorded (S44).</param>
[Contract("intake.decide-suitability.v1")]
public sealed record DecideSuitability(
    string ClientId, string Decision, string Category, string[] Modalities, string[] Exclusions, string Rationale,
    DateOnly ReviewBy, string? ReferralId = null, string? SharedDecisionId = null);

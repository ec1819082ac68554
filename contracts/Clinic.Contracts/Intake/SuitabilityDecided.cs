namespace Clinic.Contracts.Intake;

/// <summary>A licensed clinician has decided. The latest decision counts.</summary>
/// <param name="ClientId">About whom.</param>
/// <param name="Decision">One of <see cref="SuitabilityDecisions"/>.</param>
/// <param name="Category">One of <see cref="CareCategories"/>.</param>
/// <param name="Modalities">Of <see cref="CareModalities"/>, those that suit; empty when not suitable.</param>
/// <param name="DecidedBy">The clinician.</param>
/// <param name="ReviewBy">Last day on which the decision may be relied on.</param>
/// <param name="Overridden">True when there are reasons against online care and the clinician decided for it all the same.</param>
/// <param name="SharedDecisionId">What client and clinician weighed together, where it was recorded.</param>
[Contract("intake.suitability-decided.v1")]
public sealed record SuitabilityDecided(
    string ClientId, string Decision, string Category, string[] Modalities, string DecidedBy, DateOnly ReviewBy,
    bool? Overridden = null, string? SharedDecisionId = null);

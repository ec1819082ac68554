namespace Clinic.Contracts.Intake;

/// <summary>A client asked for a category of care and lacks something it needs.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="Category">One of <see cref="CareCategories"/>.</param>
/// <param name="FailedChecks">Of <c>identity</c>, <c>pseudonym</c>, <c>suitability</c>, <c>emergency-plan</c>, <c>open-risk</c>.</param>
[Contract("intake.enrolment-refused.v1")]
public sealed record EnrolmentRefused(string ClientId, string Category, string[] FailedChecks);

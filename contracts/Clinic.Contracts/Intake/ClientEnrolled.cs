namespace Clinic.Contracts.Intake;

/// <summary>A client has everything a category of care needs of intake.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="Category">One of <see cref="CareCategories"/>.</param>
/// <param name="IdentityLevel">How well the identity was known then: one of <see cref="IdentityLevels"/>.</param>
[Contract("intake.client-enrolled.v1")]
public sealed record ClientEnrolled(string ClientId, string Category, string IdentityLevel);

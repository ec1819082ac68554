namespace Clinic.Contracts.Intake;

/// <summary>
/// Asks for one category of care. Answers whether everything that category needs of intake is there; what is missing is named, and
/// the refusal is on record.
/// </summary>
/// <param name="ClientId">Who.</param>
/// <param name="Category">One of <see cref="CareCategories"/>.</param>
[Contract("intake.enrol-client.v1")]
public sealed record EnrolClient(string ClientId, string Category);

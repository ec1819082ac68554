namespace Clinic.Contracts.Feedback;

/// <summary>A response takes the place of an earlier one, which stays on record and no longer counts.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ResponseId">The response that counts.</param>
/// <param name="Supersedes">The response that no longer does.</param>
[Contract("feedback.measure-corrected.v1")]
public sealed record MeasureCorrected(string ClientId, string ResponseId, string Supersedes);

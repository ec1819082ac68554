namespace Clinic.Contracts.Feedback;

/// <summary>What an alert rested on was corrected and no longer supports it. The alert stays on record.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="CorrectedBy">The response that took the place of the one that raised it.</param>
[Contract("feedback.alert-retracted.v1")]
public sealed record AlertRetracted(string ClientId, string AlertId, string CorrectedBy);

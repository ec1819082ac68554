namespace Clinic.Contracts.Feedback;

/// <summary>A misunderstanding was talked about and put right, or a concern about boundaries was dealt with.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ConcernId">The concern.</param>
/// <param name="RepairedBy">The therapist or supervisor.</param>
[Contract("feedback.concern-repaired.v1")]
public sealed record ConcernRepaired(string ClientId, string ConcernId, string RepairedBy);

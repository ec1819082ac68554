namespace Clinic.Contracts.Feedback;

/// <summary>Nobody had taken an alert on in time, so the next on the roster was told.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Level">1 is the first on call, higher is further up the chain.</param>
/// <param name="NextAt">When it goes further, unless somebody takes it on.</param>
/// <param name="PractitionerId">Who was told; null when nobody is on call at that level in this hour.</param>
[Contract("feedback.alert-escalated.v1")]
public sealed record AlertEscalated(
    string ClientId, string AlertId, int Level, DateTimeOffset NextAt, string? PractitionerId = null);

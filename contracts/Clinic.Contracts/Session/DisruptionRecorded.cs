namespace Clinic.Contracts.Session;

/// <summary>A session in progress was interrupted. Reports of both parties carry the same number (S35).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Disruption">Counts the interruptions of this session, from 1.</param>
/// <param name="Kind">One of <see cref="DisruptionKinds"/>.</param>
/// <param name="Party">Who reported it: <c>client</c> or <c>practitioner</c>.</param>
/// <param name="RecordedAt">When it was reported.</param>
[Contract("session.disruption-recorded.v1")]
public sealed record DisruptionRecorded(
    string SessionId, string ClientId, int Disruption, string Kind, string Party, DateTimeOffset RecordedAt);

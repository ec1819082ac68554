namespace Clinic.Contracts.Session;

/// <summary>Somebody did not come to a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Party">Who: <c>client</c> or <c>practitioner</c>.</param>
/// <param name="GraceMinutes">How long was waited.</param>
/// <param name="FollowUpDue">
/// When somebody must have asked how the client is; null when the risk calls for nothing.
/// </param>
[Contract("session.no-show-recorded.v1")]
public sealed record NoShowRecorded(
    string SessionId, string ClientId, string Party, int GraceMinutes, DateTimeOffset? FollowUpDue = null);

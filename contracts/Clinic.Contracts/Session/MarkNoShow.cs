namespace Clinic.Contracts.Session;

/// <summary>Records that somebody did not come. Not before the time of grace is over.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Party">Who did not come: <c>client</c> or <c>practitioner</c>.</param>
[Contract("session.mark-no-show.v1")]
public sealed record MarkNoShow(string SessionId, string Party);

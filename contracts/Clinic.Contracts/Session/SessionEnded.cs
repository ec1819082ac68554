namespace Clinic.Contracts.Session;

/// <summary>A session took place and is over.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">With whom, by pseudonym.</param>
/// <param name="ActualMinutes">Length in minutes.</param>
/// <param name="Attendance"><c>attended</c> or <c>partial</c>.</param>
/// <param name="EndReason">A code such as <c>completed</c>.</param>
[Contract("session.ended.v1")]
public sealed record SessionEnded(
    string SessionId, string ClientId, int ActualMinutes, string Attendance, string EndReason);

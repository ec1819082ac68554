namespace Clinic.Contracts.Session;

/// <summary>Ends a session that took place.</summary>
/// <param name="SessionId">The session in progress.</param>
/// <param name="ActualMinutes">Length in minutes, 0 to 1440.</param>
/// <param name="Attendance"><c>attended</c> or <c>partial</c>.</param>
/// <param name="EndReason">
/// A lower-case code such as <c>completed</c>, <c>incomplete</c> or <c>technical-failure</c>.
/// </param>
[Contract("session.end-session.v1")]
public sealed record EndSession(string SessionId, int ActualMinutes, string Attendance, string EndReason)
{
    public const string Attended = "attended";
    public const string Partial = "partial";
}

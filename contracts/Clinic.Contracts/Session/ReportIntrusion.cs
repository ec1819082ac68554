namespace Clinic.Contracts.Session;

/// <summary>Reports somebody in a session who has no business there; the session is locked (S49).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Kind">A code such as <c>uninvited-participant</c> or <c>eavesdropping</c>.</param>
[Contract("session.report-intrusion.v1")]
public sealed record ReportIntrusion(string SessionId, string Kind);

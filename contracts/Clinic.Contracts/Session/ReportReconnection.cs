namespace Clinic.Contracts.Session;

/// <summary>Reports that an interrupted session goes on.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Party">Who reports it: <c>client</c> or <c>practitioner</c>.</param>
[Contract("session.report-reconnection.v1")]
public sealed record ReportReconnection(string SessionId, string Party);

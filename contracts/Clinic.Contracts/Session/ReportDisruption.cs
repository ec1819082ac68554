namespace Clinic.Contracts.Session;

/// <summary>
/// Reports that a session in progress was interrupted. Both parties may; it is one interruption (S35).
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Kind">One of <see cref="DisruptionKinds"/>.</param>
/// <param name="Party">Who reports it: <c>client</c> or <c>practitioner</c>.</param>
[Contract("session.report-disruption.v1")]
public sealed record ReportDisruption(string SessionId, string Kind, string Party);

namespace Clinic.Contracts.Session;

/// <summary>Records that a client who was lost from sight was asked how they are.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Outcome">A code such as <c>reached</c>, <c>not-reached</c> or <c>emergency-services-called</c>.</param>
[Contract("session.record-welfare-check.v1")]
public sealed record RecordWelfareCheck(string SessionId, string Outcome);

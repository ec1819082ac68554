namespace Clinic.Contracts.Feedback;

/// <summary>Somebody was misunderstood. The message or session is linked, and stays as it was.</summary>
/// <param name="ConcernId">Chosen by the sender.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="Description">What was meant, at most 4000 characters.</param>
/// <param name="MessageId">The message it is about.</param>
/// <param name="SessionId">The session it is about.</param>
[Contract("feedback.report-misinterpretation.v1")]
public sealed record ReportMisinterpretation(
    string ConcernId, string ClientId, [property: Sensitive] string Description, string? MessageId = null,
    string? SessionId = null);

namespace Clinic.Contracts.Feedback;

/// <summary>Somebody was misunderstood in writing or on a call. What was meant stays with feedback; the message stays as it was.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ConcernId">The concern.</param>
/// <param name="ReportedBy">Who reported it.</param>
/// <param name="MessageId">The message, if it was one.</param>
/// <param name="SessionId">The session, if it was one.</param>
[Contract("feedback.misinterpretation-reported.v1")]
public sealed record MisinterpretationReported(
    string ClientId, string ConcernId, string ReportedBy, string? MessageId = null, string? SessionId = null);

namespace Clinic.Contracts.Feedback;

/// <summary>A clinician asks a supervisor to look at a case.</summary>
/// <param name="ReviewId">Chosen by the sender.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="SourceId">What it is about: a session, response or message.</param>
[Contract("feedback.request-supervision.v1")]
public sealed record RequestSupervision(string ReviewId, string ClientId, string SourceId);

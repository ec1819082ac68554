namespace Clinic.Contracts.Feedback;

/// <summary>Automated feedback from the latest counted score of an instrument, beside what each answer brings by itself.</summary>
/// <param name="FeedbackId">Chosen by the sender.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="Instrument">As in <c>feedback.submit-measure.v1</c>.</param>
[Contract("feedback.generate-feedback.v1")]
public sealed record GenerateFeedback(string FeedbackId, string ClientId, string Instrument);

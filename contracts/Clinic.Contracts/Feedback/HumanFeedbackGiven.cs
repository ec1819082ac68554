namespace Clinic.Contracts.Feedback;

/// <summary>A person wrote to a client about their measures; the text stays with feedback.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="FeedbackId">The feedback.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="AuthorRole"><c>therapist</c>, <c>supervisor</c> or <c>peer-supporter</c>.</param>
/// <param name="InReplyTo">The response, message or feedback it answers.</param>
[Contract("feedback.human-feedback-given.v1")]
public sealed record HumanFeedbackGiven(
    string ClientId, string FeedbackId, string AuthorId, string AuthorRole, string? InReplyTo = null);

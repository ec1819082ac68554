namespace Clinic.Contracts.Feedback;

/// <summary>Feedback was made from scores by a rule set; nobody wrote it.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="FeedbackId">The feedback.</param>
/// <param name="RulesetId">Which rules.</param>
/// <param name="RulesetVersion">Their version.</param>
/// <param name="Tailoring">0 the same for everybody, 1 by band, 2 by trend, 3 by trend and problem; 3 goes out only when a human has seen it.</param>
/// <param name="InputIds">The responses it was made from.</param>
/// <param name="Messages">Codes of what it says, in order.</param>
[Contract("feedback.automated-feedback-generated.v1")]
public sealed record AutomatedFeedbackGenerated(
    string ClientId, string FeedbackId, string RulesetId, int RulesetVersion, int Tailoring, string[] InputIds,
    string[] Messages);

namespace Clinic.Contracts.Feedback;

/// <summary>How much tailoring a client wants, and over which channels.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Level">0 to 3, the most tailoring that is wanted.</param>
/// <param name="Channels">In the order of preference; empty means in the application only.</param>
/// <param name="TimeZone">IANA name; clocks of days run in it.</param>
[Contract("feedback.feedback-preference-set.v1")]
public sealed record FeedbackPreferenceSet(string ClientId, int Level, string[] Channels, string? TimeZone = null);

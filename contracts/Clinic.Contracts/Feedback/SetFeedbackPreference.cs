namespace Clinic.Contracts.Feedback;

/// <summary>How much tailoring a client wants, and how to be reached.</summary>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="Level">0 the same for everybody, 1 by band, 2 by trend, 3 by trend and problem, seen by a human first.</param>
/// <param name="Channels">Of the notification channels, in the order of preference; empty sends nothing.</param>
/// <param name="TimeZone">IANA name: clocks of days run in it.</param>
/// <param name="Language">BCP 47, of notifications.</param>
/// <param name="ContactRef">Opaque reference into the clinic's address book, at most 128 characters; null is <c>client:{id}</c>.</param>
[Contract("feedback.set-feedback-preference.v1")]
public sealed record SetFeedbackPreference(
    string ClientId, int Level, string[] Channels, string? TimeZone = null, string? Language = null,
    string? ContactRef = null);

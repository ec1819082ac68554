namespace Clinic.Feedback.Domain;

/// <summary>What intake said of a new client. Sequence is the producer's, and is what an auditor can look up.</summary>
public sealed record ClientNoted(string ClientId, string AgeBand, string Language, string Region, string Producer, long Sequence);

/// <summary>With whom, how and by which clock the client has sessions now, as session said.</summary>
public sealed record SupporterNoted(string ClientId, string PractitionerId, string Modality, string Producer, long Sequence, string? TimeZone = null);

/// <summary>An episode of care began.</summary>
public sealed record EpisodeBegun(string ClientId, string EpisodeId, string? Problem = null, string? Modality = null);

/// <summary>What the open episode is about was said, or said anew.</summary>
public sealed record EpisodeDescribed(string ClientId, string EpisodeId, string? Problem = null, string? Modality = null);

/// <summary>The open episode ended, with what its measures say.</summary>
/// <param name="Instruments">What was compared.</param>
public sealed record RecoveryAssessed(
    string ClientId, string EpisodeId, string Outcome, string[] Instruments, string? Problem = null, string? Modality = null);

/// <summary>A valid score counts in the open episode.</summary>
/// <param name="Supersedes">The response in whose place it stands.</param>
/// <param name="TakenAt">When the client answered, as the sender said.</param>
/// <param name="Before">It corrects answers that had no total, and stands before this response, which was taken later.</param>
public sealed record ScoreCounted(
    string ClientId, string ResponseId, string EpisodeId, string Instrument, int Total, bool? IsCase = null, string? Supersedes = null,
    DateTimeOffset? TakenAt = null, string? Before = null);

/// <summary>A score no longer counts: its correction has no total.</summary>
public sealed record ScoreDiscounted(string ClientId, string ResponseId, string CorrectedBy);

/// <summary>A score was compared with its baseline.</summary>
public sealed record ChangeAssessed(
    string ClientId, string ResponseId, string BaselineId, string Instrument, string EpisodeId, int Delta, string Class, string Rule);

/// <summary>An alert of the client's is open.</summary>
public sealed record AlertOpened(string ClientId, string AlertId, string Kind, string RuleId, string ResponseId, string? Instrument = null);

/// <summary>The answers that raised an alert were corrected, and the alert stands for the corrected ones.</summary>
public sealed record AlertCarried(string ClientId, string AlertId, string ResponseId);

/// <summary>An alert was resolved or retracted.</summary>
public sealed record AlertClosed(string ClientId, string AlertId);

/// <summary>The client was asked for answers.</summary>
public sealed record MeasureRequested(string ClientId, string RequestId, string Instrument, string MeasureVersion, DateTimeOffset DueAt, string RequestedBy);

/// <summary>The answers had not come in time, and the client was reminded once.</summary>
public sealed record MeasureReminded(string ClientId, string RequestId);

/// <summary>The answers came.</summary>
public sealed record MeasureRequestAnswered(string ClientId, string RequestId, string ResponseId);

/// <summary>Something waits to be sent to the client, and is cancelled when the client stops.</summary>
public sealed record NoticeQueued(string ClientId, string NotificationId, string Template);

/// <summary>It was sent, could not be, or was cancelled.</summary>
public sealed record NoticeSettled(string ClientId, string NotificationId);

/// <summary>How much tailoring the client wants, over which channels, in the order of preference.</summary>
/// <param name="ContactRef">Opaque reference into the clinic's address book.</param>
public sealed record FeedbackPreferenceSet(
    string ClientId, int Level, string[] Channels, string? TimeZone = null, string? Language = null, string? ContactRef = null);

/// <summary>A directive permits treatment.</summary>
public sealed record TreatmentPermitted(string ClientId, string DirectiveId, int DirectiveVersion);

/// <summary>A directive permits treatment no more, whatever ended it.</summary>
public sealed record TreatmentPermitEnded(string ClientId, string DirectiveId, int DirectiveVersion);

/// <summary>The client wants a directive ended from an instant ahead; until then it permits treatment.</summary>
public sealed record TreatmentPermitEnding(string ClientId, string DirectiveId, int DirectiveVersion, DateTimeOffset EffectiveAt);

/// <summary>Consent to treatment ended: rule sets say nothing to the client any more; safety goes on.</summary>
public sealed record CarePaused(string ClientId);

/// <summary>Consent to treatment was given again.</summary>
public sealed record CareResumed(string ClientId);

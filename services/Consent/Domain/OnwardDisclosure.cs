using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>What an intermediary has said of one disclosure it made. Names are those of that day.</summary>
/// <param name="RecipientId">The intermediary.</param>
/// <param name="Purpose">That of the directive it rests on; where it rests on none, of the one that named the intermediary.</param>
/// <param name="DirectiveId">The directive in force then, or <c>none</c>.</param>
/// <param name="ReasonCode">What speaks against it; null where nothing does.</param>
[Subject("clientId")]
public sealed record OnwardDisclosureReported(
    string OnwardId, string ClientId, string RecipientId, [property: Subject("recipientId", DataClasses.Contact)] Personal<string> RecipientName,
    string ParticipantId, [property: Subject("recipientId", DataClasses.Contact)] Personal<string> ParticipantName, DateTimeOffset At,
    Personal<string> Description, string Purpose, string DirectiveId, int DirectiveVersion, string ReportedBy, string? ReasonCode = null);

/// <summary>One disclosure made by an intermediary.</summary>
public sealed record OnwardDisclosure(string Id, OnwardDisclosureReported Reported)
{
    public long Version { get; init; }

    public static string StreamId(string onwardId) => $"onward-{onwardId}";

    public static OnwardDisclosure Create(OnwardDisclosureReported e) => new(StreamId(e.OnwardId), e);
}

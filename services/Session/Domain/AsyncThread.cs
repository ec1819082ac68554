using Clinic.Contracts;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <param name="Statement">Code of what the client was told: not watched for emergencies.</param>
public sealed record ThreadOpened(
    string ThreadId, string ClientId, string PractitionerId, string Channel, string TimeZone, int ReplyWithinHours,
    string Statement, string OpenedBy, string? GroupId = null)
{
    public const string NotForEmergencies = "not-for-emergencies/1";
}

public sealed record ThreadReassigned(string ThreadId, string ClientId, string PractitionerId, string ReasonCode);

/// <summary>Who answers may not do so any more; until somebody else is named, nobody is answered (P7).</summary>
public sealed record ThreadReassignmentNeeded(
    string ThreadId, string ClientId, string PractitionerId, string ReasonCode)
{
    public const string LicenceEnded = "licence-ended";
}

public sealed record ThreadClosed(string ThreadId, string ClientId, string ClosedBy);

/// <summary>Somebody writes; nobody else is shown it (S17).</summary>
[Subject("clientId")]
public sealed record DraftSaved(
    string ThreadId, string ClientId, string MessageId, string AuthorId, string[] Labels, Personal<string> Text,
    string? InReplyTo = null, string? InReplyToPart = null);

public sealed record DraftDiscarded(string ThreadId, string ClientId, string MessageId);

/// <param name="Salt">Makes the hash, which is published, say nothing to who lacks the message.</param>
/// <param name="GapAt">When silence from here on becomes a gap (S16).</param>
[Subject("clientId")]
public sealed record MessageSent(
    string ClientId, string ThreadId, string MessageId, string AuthorId, string AuthorRole, string Direction,
    string Channel, DateTimeOffset SentAt, string TimeZone, string ContentHash, string[] Labels, string SharingLevel,
    DateTimeOffset GapAt, Personal<string> Text, Personal<string> Salt, string? InReplyTo = null,
    string? InReplyToPart = null);

/// <summary>An entry of a group as it was kept at first: in the stream of one participant and under that participant's key.</summary>
[Subject("clientId")]
public sealed record GroupEntryPosted(
    string ClientId, string ThreadId, string GroupId, string MessageId, string AuthorId, string AuthorRole,
    DateTimeOffset PostedAt, string ContentHash, string[] Labels, Personal<string> Text, Personal<string> Salt);

/// <summary>
/// An entry of a group, in the stream of one participant, under the key of whose words they are: erasing its author takes them out
/// of every copy. Replaces <see cref="GroupEntryPosted"/>, of which there may be earlier ones.
/// </summary>
/// <param name="WordsOf">The client who wrote it; of staff's words the one whose stream it is.</param>
[Subject("wordsOf", As = "clientId")]
public sealed record GroupEntryWritten(
    string ClientId, string ThreadId, string GroupId, string MessageId, string AuthorId, string AuthorRole, string WordsOf,
    DateTimeOffset PostedAt, string ContentHash, string[] Labels, Personal<string> Text, Personal<string> Salt);

/// <summary>Hidden from now on, never erased (domain rule 2.3.6).</summary>
public sealed record MessageRetracted(string ClientId, string ThreadId, string MessageId, bool DisplayOnly);

public sealed record SharingLevelSet(string ClientId, string ThreadId, string ItemId, string Level);

public sealed record ThreadGapDetected(string ThreadId, string ClientId, string WaitingFor, DateTimeOffset Since)
{
    public const string Client = "client";
    public const string Supporter = "supporter";
}

public enum ThreadStatus { Open, AwaitingSupporter, AwaitingClient, Closed }

/// <summary>One message as it stands. Personal members stay wrapped: reading the thread is what opens them.</summary>
public sealed record ThreadMessage(
    string MessageId, string AuthorId, string AuthorRole, DateTimeOffset SentAt, string ContentHash, string[] Labels,
    string SharingLevel, Personal<string> Text, bool Retracted, string? Direction = null, string? InReplyTo = null,
    string? InReplyToPart = null)
{
    /// <summary>Who wrote it, as far as a reader may know: clients of a group do not learn each other's ids.</summary>
    public string? AuthorFor(Actor reader) =>
        reader.Role is Roles.Client && AuthorRole is Roles.Client && AuthorId != reader.Id ? null : AuthorId;
}

/// <summary>A client and a supporter who write to each other, not at the same time (S9).</summary>
/// <param name="Drafts">The newest state of what is not sent.</param>
/// <param name="GapAt">When the present silence becomes a gap; null when nobody is waited for.</param>
public sealed record AsyncThread(
    string Id, string ThreadId, string ClientId, string PractitionerId, string Channel, string TimeZone,
    int ReplyWithinHours, ThreadStatus Status, ThreadMessage[] Messages, DraftSaved[] Drafts, string? GroupId = null,
    DateTimeOffset? GapAt = null)
{
    public long Version { get; init; }

    /// <summary>Why somebody else has to answer, if so.</summary>
    public string? ReassignFor { get; init; }

    public static string StreamId(string threadId) => $"thread-{threadId}";

    public ThreadMessage? Message(string messageId) => Array.Find(Messages, m => m.MessageId == messageId);

    /// <summary>An author's own draft; others' do not exist for them.</summary>
    public DraftSaved? Draft(string messageId, string authorId) =>
        Array.Find(Drafts, d => d.MessageId == messageId && d.AuthorId == authorId);

    public static AsyncThread Create(ThreadOpened e) => new(
        StreamId(e.ThreadId), e.ThreadId, e.ClientId, e.PractitionerId, e.Channel, e.TimeZone, e.ReplyWithinHours,
        ThreadStatus.Open, [], [], e.GroupId);

    public AsyncThread Apply(ThreadReassigned e) =>
        this with { PractitionerId = e.PractitionerId, ReassignFor = null };

    public AsyncThread Apply(ThreadReassignmentNeeded e) => this with { ReassignFor = e.ReasonCode };

    public AsyncThread Apply(ThreadClosed e) => this with { Status = ThreadStatus.Closed, GapAt = null };

    public AsyncThread Apply(DraftSaved e) => this with { Drafts = [.. Without(e.MessageId), e] };

    public AsyncThread Apply(DraftDiscarded e) => this with { Drafts = Without(e.MessageId) };

    public AsyncThread Apply(MessageSent e) => this with
    {
        Messages =
        [
            .. Messages,
            new ThreadMessage(
                e.MessageId, e.AuthorId, e.AuthorRole, e.SentAt, e.ContentHash, e.Labels, e.SharingLevel, e.Text,
                Retracted: false, e.Direction, e.InReplyTo, e.InReplyToPart)
        ],
        Drafts = Without(e.MessageId),
        Status = e.Direction == Directions.FromClient ? ThreadStatus.AwaitingSupporter : ThreadStatus.AwaitingClient,
        GapAt = e.GapAt
    };

    public AsyncThread Apply(GroupEntryPosted e) => WithEntry(new ThreadMessage(
        e.MessageId, e.AuthorId, e.AuthorRole, e.PostedAt, e.ContentHash, e.Labels,
        Contracts.Consent.SharingLevels.Private, e.Text, Retracted: false));

    public AsyncThread Apply(GroupEntryWritten e) => WithEntry(new ThreadMessage(
        e.MessageId, e.AuthorId, e.AuthorRole, e.PostedAt, e.ContentHash, e.Labels,
        Contracts.Consent.SharingLevels.Private, e.Text, Retracted: false));

    public AsyncThread Apply(MessageRetracted e) => Change(e.MessageId, m => m with { Retracted = true });

    public AsyncThread Apply(SharingLevelSet e) => Change(e.ItemId, m => m with { SharingLevel = e.Level });

    public AsyncThread Apply(ThreadGapDetected e) => this with { GapAt = null };

    private AsyncThread WithEntry(ThreadMessage entry) => this with { Messages = [.. Messages, entry] };

    private DraftSaved[] Without(string messageId) => [.. Drafts.Where(d => d.MessageId != messageId)];

    private AsyncThread Change(string messageId, Func<ThreadMessage, ThreadMessage> change) =>
        this with { Messages = [.. Messages.Select(m => m.MessageId == messageId ? change(m) : m)] };
}

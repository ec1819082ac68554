namespace Clinic.EventLog;

/// <summary>Load and append: the one seam between the services and an event-store engine.</summary>
public interface IEventStore
{
    /// <summary>Folds a stream.</summary>
    /// <returns>State null and version 0 when the stream does not exist.</returns>
    /// <exception cref="IntegrityException">With <see cref="LoadOptions.Verified"/>: an event's seal does not hold.</exception>
    Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options = default, CancellationToken ct = default)
        where TState : class;

    /// <summary>
    /// Appends all writes or none, when every stream stands at its expected version and every guard at the version seen.
    /// A cancelled call may still have committed; repeating it with the same inbox entry tells.
    /// </summary>
    Task<AppendResult> Append(AppendRequest request, CancellationToken ct = default);
}

/// <summary>A folded stream and the version it was folded to.</summary>
public readonly record struct Loaded<TState>(TState? State, long Version) where TState : class
{
    /// <summary>The recorded instant of its last event.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>How to load. The default is the newest state, seals not recomputed.</summary>
/// <param name="Verified">Recompute hash and MAC of every event first: for streams that decide what may leave.</param>
/// <param name="AsOf">Only events that had their position at this instant (<c>logged_at ≤ AsOf</c>).</param>
public readonly record struct LoadOptions(bool Verified = false, DateTimeOffset? AsOf = null);

/// <summary>One atomic append.</summary>
/// <param name="Tenant">Every stream below is this tenant's.</param>
/// <param name="Metadata">Who, why, when: the same for every event.</param>
/// <param name="Writes">Streams written.</param>
/// <param name="Guards">Streams the decision read: they must still stand where it saw them. They must exist.</param>
/// <param name="Inbox">The command's identity and answer; null for work that has its own guard against repeats.</param>
public sealed record AppendRequest(
    string Tenant, EventMetadata Metadata, IReadOnlyList<StreamWrite> Writes, IReadOnlyList<StreamGuard> Guards, InboxEntry? Inbox = null);

/// <summary>Events for one stream.</summary>
/// <param name="StreamType">snake_case name of the state that folds it.</param>
/// <param name="ExpectedVersion">0 when the stream must not exist yet.</param>
public sealed record StreamWrite(string Stream, string StreamType, long ExpectedVersion, IReadOnlyList<NewEvent> Events);

/// <summary>An event not yet stored; its id is chosen first, so that an answer can name it.</summary>
public sealed record NewEvent(Guid Id, object Data);

/// <summary>A stream that was read and must not have moved.</summary>
public sealed record StreamGuard(string Stream, long Version);

/// <summary>Who and why, for every event of an append.</summary>
public sealed record EventMetadata(
    string User, DateTimeOffset At, string? Correlation, string? Causation, IReadOnlyDictionary<string, string> Headers);

/// <summary>The identity of a command from outside, and the answer that is stored with its effect.</summary>
/// <param name="Endpoint">Where it arrived, so that ids of different commands never meet.</param>
/// <param name="Sender">Who sent it; two senders may use the same id.</param>
/// <param name="MessageId">The sender's id, as it was spelled.</param>
/// <param name="BodyHash">SHA-256 of the body as received.</param>
/// <param name="Answer">A contract, stored and, with <paramref name="ReplyTo"/>, published by the relay.</param>
public sealed record InboxEntry(string Endpoint, string Sender, string MessageId, byte[] BodyHash, object Answer, string? ReplyTo = null);

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>Stored.</summary>
    Committed,

    /// <summary>A stream stood elsewhere; nothing was stored and no number drawn.</summary>
    Conflict,

    /// <summary>The inbox knows this command; nothing was stored, the first answer is returned.</summary>
    Duplicate
}

/// <summary>The result of an append.</summary>
/// <param name="ConflictingStream">With <see cref="AppendOutcome.Conflict"/>: the stream that had moved.</param>
/// <param name="FirstAnswer">With <see cref="AppendOutcome.Duplicate"/>: what was answered then.</param>
/// <param name="SameBody">With <see cref="AppendOutcome.Duplicate"/>: false when the id came back with another body.</param>
public readonly record struct AppendResult(AppendOutcome Outcome, string? ConflictingStream = null, object? FirstAnswer = null, bool SameBody = true);

using Clinic.Contracts;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <summary>A progress note's text while it is not signed, or an amendment's.</summary>
[Subject("clientId")]
public sealed record NoteDrafted(
    string NoteId, string ClientId, string AuthorId, string[] Labels, Personal<string> Text, string? SessionId = null,
    DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null);

/// <summary>The same of a psychotherapy note: a stream and keys apart from the record (45 CFR 164.501).</summary>
[Subject("clientId", DataClasses.PsychotherapyNotes)]
public sealed record PsychotherapyNoteDrafted(
    string NoteId, string ClientId, string AuthorId, string[] Labels, Personal<string> Text, string? SessionId = null);

/// <param name="Salt">Makes the hash, which is published, say nothing to who lacks the note.</param>
[Subject("clientId")]
public sealed record NoteSigned(
    string NoteId, string ClientId, string Kind, string Author, string ContentHash, bool CosignatureNeeded,
    DateTimeOffset SignedAt, Personal<string> Salt, string? SessionId = null);

public sealed record NoteCosigned(string NoteId, string ClientId, string Cosigner, string ContentHash);

[Subject("clientId")]
public sealed record NoteAmended(
    string NoteId, string ClientId, string Author, string PreviousHash, string ContentHash, bool CosignatureNeeded,
    DateTimeOffset AmendedAt, Personal<string> Text, Personal<string> Reason, Personal<string> Salt);

[Subject("clientId", DataClasses.PsychotherapyNotes)]
public sealed record PsychotherapyNoteAmended(
    string NoteId, string ClientId, string Author, string PreviousHash, string ContentHash, bool CosignatureNeeded,
    DateTimeOffset AmendedAt, Personal<string> Text, Personal<string> Reason, Personal<string> Salt);

[Subject("clientId")]
public sealed record NoteEnteredInError(
    string NoteId, string ClientId, string MarkedBy, Personal<string> Reason);

/// <summary>A psychotherapy note was asked for by somebody who did not write it (T18).</summary>
public sealed record PsychotherapyNoteDenied(string NoteId, string ClientId, string Viewer, string ViewerRole);

public enum NoteStatus { Draft, Signed, EnteredInError }

/// <summary>One signed text; the last one holds, the others stay retrievable (T15).</summary>
public sealed record NoteText(
    string Author, DateTimeOffset At, string ContentHash, Personal<string> Text, Personal<string>? Reason = null);

/// <summary>A note: drafted, signed, amended. What was signed never changes.</summary>
/// <param name="Draft">The unsigned text; null once it is signed.</param>
public sealed record ClinicalNote(
    string Id, string NoteId, string ClientId, string Kind, string AuthorId, NoteStatus Status, string[] Labels,
    NoteText[] Texts, Personal<string>? Draft = null, string? SessionId = null, DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null)
{
    public long Version { get; init; }

    public bool CosignatureNeeded { get; init; }

    /// <summary>Psychotherapy notes are never found under a progress note's name.</summary>
    public static string StreamId(string kind, string noteId) =>
        kind == NoteKinds.Psychotherapy ? $"psychotherapy-note-{noteId}" : $"note-{noteId}";

    public static ClinicalNote Create(NoteDrafted e) => new(
        StreamId(NoteKinds.Progress, e.NoteId), e.NoteId, e.ClientId, NoteKinds.Progress, e.AuthorId, NoteStatus.Draft,
        e.Labels, [], e.Text, e.SessionId, e.StartedAt, e.EndedAt);

    public static ClinicalNote Create(PsychotherapyNoteDrafted e) => new(
        StreamId(NoteKinds.Psychotherapy, e.NoteId), e.NoteId, e.ClientId, NoteKinds.Psychotherapy, e.AuthorId,
        NoteStatus.Draft, e.Labels, [], e.Text, e.SessionId);

    public ClinicalNote Apply(NoteDrafted e) => Create(e) with { Version = Version };

    public ClinicalNote Apply(PsychotherapyNoteDrafted e) => Create(e) with { Version = Version };

    public ClinicalNote Apply(NoteSigned e) => this with
    {
        Status = NoteStatus.Signed,
        CosignatureNeeded = e.CosignatureNeeded,
        Texts = [new NoteText(e.Author, e.SignedAt, e.ContentHash, Draft!)],
        Draft = null
    };

    public ClinicalNote Apply(NoteCosigned e) => this with { CosignatureNeeded = false };

    public ClinicalNote Apply(NoteAmended e) => Amended(
        new NoteText(e.Author, e.AmendedAt, e.ContentHash, e.Text, e.Reason), e.CosignatureNeeded);

    public ClinicalNote Apply(PsychotherapyNoteAmended e) => Amended(
        new NoteText(e.Author, e.AmendedAt, e.ContentHash, e.Text, e.Reason), e.CosignatureNeeded);

    public ClinicalNote Apply(NoteEnteredInError e) => this with { Status = NoteStatus.EnteredInError };

    public ClinicalNote Apply(PsychotherapyNoteDenied e) => this;

    /// <summary>
    /// What a reader may see. Others see signed texts alone: to them a note that was never signed does not exist, not even
    /// when it was entered in error.
    /// </summary>
    public ClinicalNote? ShownTo(string readerId) =>
        AuthorId == readerId ? this : Texts.Length == 0 ? null : this with { Draft = null };

    private ClinicalNote Amended(NoteText text, bool cosignatureNeeded) =>
        this with { Texts = [.. Texts, text], CosignatureNeeded = cosignatureNeeded };
}

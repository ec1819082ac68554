using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class SignNoteValidator : AbstractValidator<SignNote>
{
    public SignNoteValidator()
    {
        RuleFor(c => c.NoteId).MustBeId();
        RuleFor(c => c.Kind).MustBeOneOf(NoteKinds.All);
    }
}

/// <param name="Salt">Random, for the content's hash.</param>
/// <param name="Licences">Of whoever signs.</param>
/// <param name="Session">The session the note is about, if it is about one.</param>
public sealed record NoteFacts(Actor By, string Salt, Licences? Licences, TherapySession? Session)
{
    /// <summary>Who holds no licence is in training, and needs somebody who does.</summary>
    public bool NeedsCosignature(DateTimeOffset now) => Licences?.Any(now) is not true;
}

public static class SignNoteAggregateHandler
{
    public static object[] Handle(SignNote command, ClinicalNote? state, NoteFacts facts, DateTimeOffset now)
    {
        var note = state.Of(facts.By);
        if (note.Status == NoteStatus.Signed) return [];
        if (note.Status != NoteStatus.Draft)
            throw new RuleViolation("note_in_error", "The note was entered in error.", "noteId");
        if (note.Kind == NoteKinds.Progress && (note.StartedAt is null || note.EndedAt is null))
            throw new RuleViolation(
                "note_times_missing", "A progress note says when the contact began and ended.",
                note.StartedAt is null ? "startedAt" : "endedAt");
        if (note.SessionId is not null && facts.Session?.ClientId != note.ClientId)
            throw new RuleViolation("session_unknown", "The note is about a session that does not exist.", "sessionId");
        // Domain rule 2.3.3: it may not be the only record of the session.
        if (note.Kind == NoteKinds.Psychotherapy && facts.Session is { DocumentedBy: null })
            throw new RuleViolation(
                "progress_note_first", "The session needs a signed progress note first.", "sessionId");

        return
        [
            new NoteSigned(
                note.NoteId, note.ClientId, note.Kind, facts.By.Id, ThreadRules.Hash(facts.Salt, note.Draft!.Value),
                facts.NeedsCosignature(now), now, facts.Salt, note.SessionId),
            .. note.Kind == NoteKinds.Progress && facts.Session is { DocumentedBy: null } session
                ?
                [
                    new ForStream(
                        session.Id, typeof(TherapySession),
                        new SessionDocumented(session.SessionId, session.ClientId, note.NoteId))
                ]
                : Array.Empty<object>()
        ];
    }
}

public sealed class CosignNoteValidator : AbstractValidator<CosignNote>
{
    public CosignNoteValidator()
    {
        RuleFor(c => c.NoteId).MustBeId();
        // Nobody but its originator reads a psychotherapy note, so nobody can vouch for it.
        RuleFor(c => c.Kind).MustBeOneOf([NoteKinds.Progress]);
    }
}

public static class CosignNoteAggregateHandler
{
    public static object[] Handle(CosignNote command, ClinicalNote? state, NoteFacts facts, DateTimeOffset now)
    {
        facts.By.MustBeClinician();
        var note = state.Known();
        if (note.Status != NoteStatus.Signed)
            throw new RuleViolation("note_not_signed", "Its author signs first.", "noteId");
        if (!note.CosignatureNeeded) return [];
        if (note.Texts[^1].Author == facts.By.Id)
            throw new RuleViolation("own_note", "Somebody else signs a trainee's note, too.", "noteId");
        if (facts.NeedsCosignature(now))
            throw new RuleViolation("licence_missing", "Only who holds a licence signs for a trainee.");
        return [new NoteCosigned(note.NoteId, note.ClientId, facts.By.Id, note.Texts[^1].ContentHash)];
    }
}

internal static class NoteRules
{
    public static ClinicalNote Known(this ClinicalNote? state) =>
        state ?? throw new RuleViolation("note_unknown", "There is no such note.", "noteId");

    /// <exception cref="RuleViolation">There is none, or somebody else wrote it.</exception>
    public static ClinicalNote Of(this ClinicalNote? state, Actor by) => state.Known().AuthorId == by.Id
        ? state!
        : throw new RuleViolation("not_the_author", "Only its author does this to a note.", "noteId");
}

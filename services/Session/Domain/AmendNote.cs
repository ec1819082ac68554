using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class AmendNoteValidator : AbstractValidator<AmendNote>
{
    public AmendNoteValidator()
    {
        RuleFor(c => c.NoteId).MustBeId();
        RuleFor(c => c.Kind).MustBeOneOf(NoteKinds.All);
        RuleFor(c => c.Text).MustBeText();
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(1000);
    }
}

public static class AmendNoteAggregateHandler
{
    public static object[] Handle(AmendNote command, ClinicalNote? state, NoteFacts facts, DateTimeOffset now)
    {
        var note = state.Of(facts.By);
        if (note.Status != NoteStatus.Signed)
            throw new RuleViolation(
                note.Status == NoteStatus.Draft ? "note_not_signed" : "note_in_error",
                "Only a signed note is amended.", "noteId");
        var last = note.Texts[^1];
        if (last.Text == (Personal<string>)command.Text) return [];

        var hash = ThreadRules.Hash(facts.Salt, command.Text);
        var cosign = facts.NeedsCosignature(now);
        return note.Kind == NoteKinds.Psychotherapy
            ?
            [
                new PsychotherapyNoteAmended(
                    note.NoteId, note.ClientId, facts.By.Id, last.ContentHash, hash, cosign, now, command.Text,
                    command.Reason, facts.Salt)
            ]
            :
            [
                new NoteAmended(
                    note.NoteId, note.ClientId, facts.By.Id, last.ContentHash, hash, cosign, now, command.Text,
                    command.Reason, facts.Salt)
            ];
    }
}

public sealed class EnterNoteInErrorValidator : AbstractValidator<EnterNoteInError>
{
    public EnterNoteInErrorValidator()
    {
        RuleFor(c => c.NoteId).MustBeId();
        RuleFor(c => c.Kind).MustBeOneOf(NoteKinds.All);
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(1000);
    }
}

public static class EnterNoteInErrorAggregateHandler
{
    public static object[] Handle(EnterNoteInError command, ClinicalNote? state, NoteFacts facts, DateTimeOffset now)
    {
        var note = state.Of(facts.By);
        return note.Status == NoteStatus.EnteredInError
            ? []
            :
            [
                new NoteEnteredInError(note.NoteId, note.ClientId, facts.By.Id, command.Reason),
                // what is wrong documents nothing: its practitioner has a note to write again
                .. note.Kind == NoteKinds.Progress && facts.Session is { } session && session.DocumentedBy == note.NoteId
                    ?
                    [
                        new ForStream(
                            session.Id, typeof(TherapySession),
                            new SessionUndocumented(session.SessionId, session.ClientId, note.NoteId, session.PractitionerId))
                    ]
                    : Array.Empty<object>()
            ];
    }
}

/// <summary>Internal: somebody asked for a psychotherapy note that is not theirs (T18).</summary>
public sealed record DenyPsychotherapyNote(string NoteId);

public static class DenyPsychotherapyNoteAggregateHandler
{
    public static object[] Handle(DenyPsychotherapyNote command, ClinicalNote? state, Actor by, DateTimeOffset now) =>
        state is null || state.AuthorId == by.Id
            ? []
            : [new PsychotherapyNoteDenied(state.NoteId, state.ClientId, by.Id, by.Role)];
}

using Clinic.Contracts.Messaging;
using Clinic.Contracts.Session;
using Clinic.Hosting;
using Clinic.Session.Domain;

namespace Clinic.Session.Service;

internal sealed partial class Handling
{
    public static Task<CommandAccepted> DraftNote(CommandScope scope, DraftNote command, CancellationToken ct) =>
        scope.Execute<DraftNote, ClinicalNote>(command, new DraftNoteValidator(), ClinicalNote.StreamId(command.Kind, command.NoteId),
            DraftNoteAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SignNote(CommandScope scope, SignNote command, CancellationToken ct) =>
        scope.Execute<SignNote, ClinicalNote, NoteFacts>(command, new SignNoteValidator(), ClinicalNote.StreamId(command.Kind, command.NoteId),
            (facts, token) => Noting(scope, facts, command.Kind, command.NoteId, token), SignNoteAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CosignNote(CommandScope scope, CosignNote command, CancellationToken ct) =>
        scope.Execute<CosignNote, ClinicalNote, NoteFacts>(command, new CosignNoteValidator(), ClinicalNote.StreamId(command.Kind, command.NoteId),
            (facts, token) => Noting(scope, facts, command.Kind, command.NoteId, token), CosignNoteAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AmendNote(CommandScope scope, AmendNote command, CancellationToken ct) =>
        scope.Execute<AmendNote, ClinicalNote, NoteFacts>(command, new AmendNoteValidator(), ClinicalNote.StreamId(command.Kind, command.NoteId),
            (facts, token) => Noting(scope, facts, command.Kind, command.NoteId, token), AmendNoteAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EnterNoteInError(CommandScope scope, EnterNoteInError command, CancellationToken ct) =>
        scope.Execute<EnterNoteInError, ClinicalNote, NoteFacts>(command, new EnterNoteInErrorValidator(), ClinicalNote.StreamId(command.Kind, command.NoteId),
            (facts, token) => Noting(scope, facts, command.Kind, command.NoteId, token), EnterNoteInErrorAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> DenyPsychotherapyNote(CommandScope scope, DenyPsychotherapyNote command, CancellationToken ct) =>
        scope.Execute<DenyPsychotherapyNote, ClinicalNote>(command, null, ClinicalNote.StreamId(NoteKinds.Psychotherapy, command.NoteId),
            DenyPsychotherapyNoteAggregateHandler.Handle, ct);

    private static async Task<NoteFacts> Noting(CommandScope scope, FactLoader facts, string kind, string noteId, CancellationToken ct)
    {
        var note = await facts.Load<ClinicalNote>(ClinicalNote.StreamId(kind, noteId), ct);
        return new NoteFacts(scope.Actor, NewSalt(), await facts.Load<Licences>(Licences.StreamId(scope.Actor.Id), ct),
            note?.SessionId is { } session ? await facts.Load<TherapySession>(TherapySession.StreamId(session), ct) : null);
    }
}

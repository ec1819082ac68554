namespace Clinic.Contracts.Session;

/// <summary>Marks a note that should not have been written.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">One of <see cref="NoteKinds"/>.</param>
/// <param name="Reason">Why, in words.</param>
[Contract("session.enter-note-in-error.v1")]
public sealed record EnterNoteInError(string NoteId, string Kind, [property: Sensitive] string Reason);

namespace Clinic.Contracts.Session;

/// <summary>Makes a note final.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">One of <see cref="NoteKinds"/>.</param>
[Contract("session.sign-note.v1")]
public sealed record SignNote(string NoteId, string Kind);

namespace Clinic.Contracts.Session;

/// <summary>The note should not have been written; it stays, marked.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.note-entered-in-error.v1")]
public sealed record NoteEnteredInError(string NoteId, string ClientId);

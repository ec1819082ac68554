namespace Clinic.Contracts.Session;

/// <summary>A clinical note is final. Changes are amendments.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Kind">One of <see cref="NoteKinds"/>.</param>
/// <param name="Author">Who wrote and signed it.</param>
/// <param name="ContentHash">SHA-256 over a secret salt and the text.</param>
/// <param name="CosignatureNeeded">Its author holds no licence, so somebody who does must sign, too.</param>
/// <param name="SessionId">The session it documents.</param>
[Contract("session.note-signed.v1")]
public sealed record NoteSigned(
    string NoteId, string ClientId, string Kind, string Author, string ContentHash, bool CosignatureNeeded,
    string? SessionId = null);

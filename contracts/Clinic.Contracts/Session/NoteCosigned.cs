namespace Clinic.Contracts.Session;

/// <summary>A licensed colleague has signed a trainee's note, too.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Cosigner">Who.</param>
/// <param name="ContentHash">What was signed.</param>
[Contract("session.note-cosigned.v1")]
public sealed record NoteCosigned(string NoteId, string ClientId, string Cosigner, string ContentHash);

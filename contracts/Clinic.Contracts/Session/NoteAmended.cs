namespace Clinic.Contracts.Session;

/// <summary>A signed note was amended. The text before stays retrievable (45 CFR 164.526).</summary>
/// <param name="NoteId">The note.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Author">Who amended it.</param>
/// <param name="PreviousHash">Of the text before.</param>
/// <param name="ContentHash">Of the text now.</param>
/// <param name="CosignatureNeeded">Somebody with a licence must sign, too.</param>
[Contract("session.note-amended.v1")]
public sealed record NoteAmended(
    string NoteId, string ClientId, string Author, string PreviousHash, string ContentHash, bool CosignatureNeeded);

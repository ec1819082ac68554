namespace Clinic.Contracts.Session;

/// <summary>Amends a signed note. The text before stays retrievable.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">One of <see cref="NoteKinds"/>.</param>
/// <param name="Text">The whole text as it is now.</param>
/// <param name="Reason">Why, in words.</param>
[Contract("session.amend-note.v1")]
public sealed record AmendNote(
    string NoteId, string Kind, [property: Sensitive] string Text, [property: Sensitive] string Reason);

namespace Clinic.Contracts.Session;

/// <summary>Somebody with a licence signs a trainee's note, too.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">One of <see cref="NoteKinds"/>.</param>
[Contract("session.cosign-note.v1")]
public sealed record CosignNote(string NoteId, string Kind);

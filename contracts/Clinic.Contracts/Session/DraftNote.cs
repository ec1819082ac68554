namespace Clinic.Contracts.Session;

/// <summary>Writes a note, or writes it anew while it is not signed.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="Kind">One of <see cref="NoteKinds"/>; psychotherapy notes are kept apart (45 CFR 164.501).</param>
/// <param name="Text">What it says.</param>
/// <param name="Labels">Sensitivity labels, of <see cref="Consent.SensitivityLabels"/>.</param>
/// <param name="SessionId">The session it is about.</param>
/// <param name="StartedAt">
/// When the contact began; a progress note needs it to be signed, a psychotherapy note must not hold it.
/// </param>
/// <param name="EndedAt">When the contact ended; likewise.</param>
[Contract("session.draft-note.v1")]
public sealed record DraftNote(
    string NoteId, string ClientId, string Kind, [property: Sensitive] string Text, string[] Labels,
    string? SessionId = null, DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null);

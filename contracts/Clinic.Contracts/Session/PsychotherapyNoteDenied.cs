namespace Clinic.Contracts.Session;

/// <summary>Somebody who did not write a psychotherapy note asked for it and was refused (45 CFR 164.508(a)(2)).</summary>
/// <param name="NoteId">The note.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Viewer">Who asked.</param>
/// <param name="ViewerRole">In which role.</param>
[Contract("session.psychotherapy-note-denied.v1")]
public sealed record PsychotherapyNoteDenied(string NoteId, string ClientId, string Viewer, string ViewerRole);

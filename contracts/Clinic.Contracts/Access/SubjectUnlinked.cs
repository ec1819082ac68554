namespace Clinic.Contracts.Access;

/// <summary>Who logs in as this subject is nobody here any more.</summary>
/// <param name="SubjectHash">See <see cref="Access.SubjectHash"/>.</param>
/// <param name="ClientId">The client it was linked to, by pseudonym.</param>
/// <param name="PractitionerId">The practitioner it was linked to.</param>
[Contract("subject.unlinked.v1")]
public sealed record SubjectUnlinked(string SubjectHash, string? ClientId = null, string? PractitionerId = null);

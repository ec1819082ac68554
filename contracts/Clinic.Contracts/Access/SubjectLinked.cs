namespace Clinic.Contracts.Access;

/// <summary>
/// Who logs in as this subject is this client or this practitioner: exactly one of the two is set. Every service follows it, to
/// know whose record a caller may see.
/// </summary>
/// <param name="SubjectHash">See <see cref="Access.SubjectHash"/>.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="PractitionerId">The therapist, supervisor or peer supporter.</param>
[Contract("subject.linked.v1")]
public sealed record SubjectLinked(string SubjectHash, string? ClientId = null, string? PractitionerId = null);

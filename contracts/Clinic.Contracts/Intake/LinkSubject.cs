namespace Clinic.Contracts.Intake;

/// <summary>
/// Says which client or practitioner logs in as this subject: exactly one of the two is given. Only a hash of issuer and subject
/// is kept.
/// </summary>
/// <param name="Issuer">The tokens' <c>iss</c>, exactly.</param>
/// <param name="Subject">The tokens' <c>sub</c>.</param>
/// <param name="ClientId">A registered client, by pseudonym.</param>
/// <param name="PractitionerId">A therapist, supervisor or peer supporter.</param>
[Contract("intake.link-subject.v1")]
public sealed record LinkSubject(string Issuer, string Subject, string? ClientId = null, string? PractitionerId = null);

namespace Clinic.Contracts.Intake;

/// <summary>A supervisor attests that a practitioner is competent in a topic for a time (S55).</summary>
/// <param name="PractitionerId">Who; not the supervisor's own.</param>
/// <param name="Topic">Code, for example <c>online-therapy</c>.</param>
/// <param name="ExpiresAt">First instant at which it no longer holds.</param>
[Contract("intake.attest-competence.v1")]
public sealed record AttestCompetence(string PractitionerId, string Topic, DateTimeOffset ExpiresAt);

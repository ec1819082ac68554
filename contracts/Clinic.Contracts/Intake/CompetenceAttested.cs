namespace Clinic.Contracts.Intake;

/// <summary>A practitioner is competent in a topic until <paramref name="ExpiresAt"/>; then they are not eligible until attested anew (S55).</summary>
/// <param name="PractitionerId">Who.</param>
/// <param name="Topic">Code, for example <c>online-therapy</c>.</param>
/// <param name="AttestedBy">The supervisor.</param>
/// <param name="ExpiresAt">First instant at which it no longer holds.</param>
[Contract("intake.competence-attested.v1")]
public sealed record CompetenceAttested(string PractitionerId, string Topic, string AttestedBy, DateTimeOffset ExpiresAt);

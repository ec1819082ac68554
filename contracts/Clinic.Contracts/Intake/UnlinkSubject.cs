namespace Clinic.Contracts.Intake;

/// <summary>Takes a link back, for example because it was made in error or the person has left.</summary>
/// <param name="Issuer">The tokens' <c>iss</c>, exactly.</param>
/// <param name="Subject">The tokens' <c>sub</c>.</param>
[Contract("intake.unlink-subject.v1")]
public sealed record UnlinkSubject(string Issuer, string Subject);

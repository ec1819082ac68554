namespace Clinic.Contracts.Intake;

/// <summary>
/// Somebody else may know this subject's password or device: what was issued to it until now is refused everywhere within 60
/// seconds. The authority must end the subject's sessions, too, or it goes on issuing. Source: S58.
/// </summary>
/// <param name="Issuer">The tokens' <c>iss</c>, exactly.</param>
/// <param name="Subject">The tokens' <c>sub</c>.</param>
[Contract("intake.report-credential-compromise.v1")]
public sealed record ReportCredentialCompromise(string Issuer, string Subject);

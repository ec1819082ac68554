namespace Clinic.Contracts.Intake;

/// <summary>A clinician refers a client to care elsewhere. The referral stays open until it is accepted there.</summary>
/// <param name="ClientId">Whom.</param>
/// <param name="ReferralOutId">Chosen by the sender.</param>
/// <param name="Destination">Code of where to, for example <c>crisis-team</c>.</param>
/// <param name="ReasonCodes">One to ten codes of why.</param>
[Contract("intake.refer-out.v1")]
public sealed record ReferOut(string ClientId, string ReferralOutId, string Destination, string[] ReasonCodes);

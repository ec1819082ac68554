namespace Clinic.Contracts.Intake;

/// <summary>Nothing more is to be done about a referral: the client is in care here, or was accepted elsewhere.</summary>
/// <param name="ClientId">Whom it brought.</param>
/// <param name="ReferralId">The referral.</param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.close-referral.v1")]
public sealed record CloseReferral(string ClientId, string ReferralId, string ReasonCode);

namespace Clinic.Contracts.Intake;

/// <summary>Nothing more is to be done about a referral.</summary>
/// <param name="ReferralId">The referral.</param>
/// <param name="ReasonCode">Code, <c>accepted-elsewhere</c> when those the client was referred to have accepted.</param>
[Contract("intake.referral-closed.v1")]
public sealed record ReferralClosed(string ReferralId, string ReasonCode);

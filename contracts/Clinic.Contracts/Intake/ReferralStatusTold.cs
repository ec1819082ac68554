namespace Clinic.Contracts.Intake;

/// <summary>What had become of a referral when somebody asked.</summary>
/// <param name="AskId">The question.</param>
/// <param name="ReferralId">Which.</param>
/// <param name="Status">received or closed.</param>
/// <param name="ReasonCode">Why it was closed.</param>
[Contract("intake.referral-status-told.v1")]
public sealed record ReferralStatusTold(string AskId, string ReferralId, string Status, string? ReasonCode = null);

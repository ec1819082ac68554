namespace Clinic.Contracts.Intake;

/// <summary>A clinic's system asks what became of a referral. The answer is an event, <see cref="ReferralStatusTold"/>.</summary>
/// <param name="AskId">The new question.</param>
/// <param name="ReferralId">Which.</param>
[Contract("intake.ask-referral-status.v1")]
public sealed record AskReferralStatus(string AskId, string ReferralId);

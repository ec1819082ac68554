namespace Clinic.Contracts.Intake;

/// <summary>Those a client was referred to have accepted: only now is the client in other hands.</summary>
/// <param name="ClientId">Whom.</param>
/// <param name="ReferralOutId">The referral.</param>
[Contract("intake.referral-accepted.v1")]
public sealed record ReferralAccepted(string ClientId, string ReferralOutId);

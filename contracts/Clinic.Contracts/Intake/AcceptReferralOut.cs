namespace Clinic.Contracts.Intake;

/// <summary>Those a client was referred to have accepted.</summary>
/// <param name="ClientId">Whom.</param>
/// <param name="ReferralOutId">The referral.</param>
/// <param name="ConfirmationRef">Id of their confirmation in the clinic's own system.</param>
[Contract("intake.accept-referral-out.v1")]
public sealed record AcceptReferralOut(string ClientId, string ReferralOutId, string ConfirmationRef);

namespace Clinic.Contracts.Intake;

/// <summary>A client was referred to care elsewhere. The reasons stay with intake.</summary>
/// <param name="ClientId">Whom.</param>
/// <param name="ReferralOutId">The referral.</param>
/// <param name="Destination">Code of where to.</param>
/// <param name="SentAt">When.</param>
[Contract("intake.referred-out.v1")]
public sealed record ReferredOut(string ClientId, string ReferralOutId, string Destination, DateTimeOffset SentAt);

namespace Clinic.Contracts.Intake;

/// <summary>A referral has arrived. The reasons stay with intake.</summary>
/// <param name="ReferralId">The referral.</param>
/// <param name="Source">Code of who refers.</param>
/// <param name="Urgency">One of <see cref="Urgencies"/>.</param>
[Contract("intake.referral-received.v1")]
public sealed record ReferralReceived(string ReferralId, string Source, string Urgency);

namespace Clinic.Contracts.Intake;

/// <summary>A referral has arrived. The reasons stay with intake.</summary>
/// <param name="ReferralId">The referral.</param>
/// <param name="Source">Code of who refers.</param>
/// <param name="Urgency">One of <see cref="Urgencies"/>.</param>
/// <param name="ClockAhead">True when the sender's clock was ahead of this clinic's; the recorded instant counts.</param>
[Contract("intake.referral-received.v1")]
public sealed record ReferralReceived(string ReferralId, string Source, string Urgency, bool? ClockAhead = null);

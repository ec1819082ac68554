namespace Clinic.Contracts.Intake;

/// <summary>Somebody refers a person to online care. The person gets a pseudonym only when registered.</summary>
/// <param name="ReferralId">Chosen by the sender.</param>
/// <param name="Source">Code of who refers, for example <c>general-practice</c>.</param>
/// <param name="ReasonCodes">One to ten codes of the sender's system, for example <c>F32.1</c>; no free text.</param>
/// <param name="Urgency">One of <see cref="Urgencies"/>.</param>
/// <param name="OccurredAt">When it was made, by the sender's clock. One ahead of this clinic's clock is kept and flagged; waits count from the recording.</param>
[Contract("intake.receive-referral.v1")]
public sealed record ReceiveReferral(string ReferralId, string Source, string[] ReasonCodes, string Urgency, DateTimeOffset? OccurredAt = null);

namespace Clinic.Contracts.Intake;

/// <summary>Somebody tried to reach a client in crisis.</summary>
/// <param name="ClientId">Whom.</param>
/// <param name="AttemptId">Chosen by the sender.</param>
/// <param name="Method">One of <see cref="ContactMethods"/>.</param>
/// <param name="Outcome">One of <see cref="ContactOutcomes"/>.</param>
/// <param name="OccurredAt">When, by the sender's clock; left out when just now. One ahead of this clinic's clock is kept and flagged.</param>
[Contract("intake.record-crisis-contact.v1")]
public sealed record RecordCrisisContact(string ClientId, string AttemptId, string Method, string Outcome, DateTimeOffset? OccurredAt = null);

namespace Clinic.Contracts.Consent;

/// <summary>Who takes part in an intermediary was reported or changed. The name stays with the consent service.</summary>
/// <param name="IntermediaryId">The intermediary.</param>
/// <param name="ParticipantId">The participant.</param>
/// <param name="Since">First day.</param>
/// <param name="Until">Last day; null: it goes on.</param>
[Contract("consent.participant-reported.v1")]
public sealed record ParticipantReported(string IntermediaryId, string ParticipantId, DateOnly Since, DateOnly? Until = null);

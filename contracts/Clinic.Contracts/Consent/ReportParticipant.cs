namespace Clinic.Contracts.Consent;

/// <summary>
/// An intermediary, or staff on its word, says who takes part in it: to whom it may give records on. Reported again with another
/// end it is changed. Source: 42 CFR 2.31(a)(4)(ii).
/// </summary>
/// <param name="IntermediaryId">A recipient that is registered as an intermediary.</param>
/// <param name="ParticipantId">The participant; an id that says nothing by itself, because it is published.</param>
/// <param name="Name">As the client would know it; what a list of disclosures must show.</param>
/// <param name="Since">First day on which it takes part, as told.</param>
/// <param name="Until">Last day; null: it goes on.</param>
[Contract("consent.report-participant.v1")]
public sealed record ReportParticipant(
    string IntermediaryId, string ParticipantId, [property: Sensitive] string Name, DateOnly Since, DateOnly? Until = null);

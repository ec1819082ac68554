namespace Clinic.Contracts.Consent;

/// <summary>
/// An intermediary, or staff on its word, says to whom it gave a client's records on. What has happened is taken whatever the client
/// agreed to; what speaks against it is flagged. Source: 42 CFR 2.24.
/// </summary>
/// <param name="OnwardId">The new disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="IntermediaryId">Who gave them on.</param>
/// <param name="ParticipantId">To whom: one of its participants.</param>
/// <param name="At">When.</param>
/// <param name="Description">A brief description of what was given.</param>
/// <param name="TreatingProvider">Whether the participant treats the client, as the intermediary says.</param>
[Contract("consent.report-onward-disclosure.v1")]
public sealed record ReportOnwardDisclosure(
    string OnwardId, string ClientId, string IntermediaryId, string ParticipantId, DateTimeOffset At,
    [property: Sensitive] string Description, bool TreatingProvider);

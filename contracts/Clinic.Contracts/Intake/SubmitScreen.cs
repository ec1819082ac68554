namespace Clinic.Contracts.Intake;

/// <summary>A client's answers to a screening questionnaire. Scored here, never by the sender.</summary>
/// <param name="ClientId">Who answered.</param>
/// <param name="ScreenId">Chosen by the sender.</param>
/// <param name="Instrument"><c>phq-9</c> or <c>c-ssrs</c>.</param>
/// <param name="Version">Of the questionnaire's wording.</param>
/// <param name="Items">
/// Answers in the questionnaire's order; null where one is missing or was not asked. PHQ-9: nine of 0 to 3.
/// C-SSRS: six of 1 (yes) or 0 (no).
/// </param>
/// <param name="Language">BCP 47, in which it was answered.</param>
/// <param name="PastThreeMonths">C-SSRS only: the behaviour of question 6 was in the past three months.</param>
/// <param name="OccurredAt">When it was answered, by the sender's clock. One ahead of this clinic's clock is kept and flagged.</param>
[Contract("intake.submit-screen.v1")]
public sealed record SubmitScreen(
    string ClientId, string ScreenId, string Instrument, string Version, [property: Sensitive] int?[] Items, string Language,
    bool? PastThreeMonths = null, DateTimeOffset? OccurredAt = null);

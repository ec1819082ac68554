namespace Clinic.Contracts.Intake;

/// <summary>
/// A diagnosis was corrected. Whoever received it before is to be told. Said again, with its recipient alone, of a disclosure that was
/// under way at that moment and has been made since.
/// </summary>
/// <param name="ClientId">Whose.</param>
/// <param name="DiagnosisId">The diagnosis.</param>
/// <param name="ReasonCode">Code.</param>
/// <param name="Recipients">Disclosures that carried this very diagnosis.</param>
/// <param name="ReplacedBy">Id of the diagnosis that holds instead.</param>
[Contract("intake.diagnosis-corrected.v1")]
public sealed record DiagnosisCorrected(
    string ClientId, string DiagnosisId, string ReasonCode, PastRecipient[] Recipients, string? ReplacedBy = null);

/// <summary>One disclosure that carried something which has since been corrected.</summary>
/// <param name="DisclosureId">The disclosure.</param>
/// <param name="RecipientId">To whom.</param>
/// <param name="At">When it was made.</param>
public sealed record PastRecipient(string DisclosureId, string RecipientId, DateTimeOffset At);

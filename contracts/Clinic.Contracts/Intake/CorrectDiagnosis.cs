namespace Clinic.Contracts.Intake;

/// <summary>A diagnosis turned out wrong. It stays on record as corrected, and who was told of it is named.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="DiagnosisId">The diagnosis.</param>
/// <param name="ReasonCode">Code.</param>
/// <param name="ReplacedBy">Id of the diagnosis that holds instead, where one was recorded.</param>
[Contract("intake.correct-diagnosis.v1")]
public sealed record CorrectDiagnosis(string ClientId, string DiagnosisId, string ReasonCode, string? ReplacedBy = null);

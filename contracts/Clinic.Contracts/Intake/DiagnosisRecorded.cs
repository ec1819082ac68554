namespace Clinic.Contracts.Intake;

/// <summary>A diagnosis was recorded or confirmed. Which one stays with intake.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="DiagnosisId">The diagnosis.</param>
/// <param name="Status">One of <see cref="DiagnosisStatuses"/>.</param>
/// <param name="Basis">One of <see cref="AssessmentBases"/>.</param>
/// <param name="CueProfile">Name and version of what could not be seen or heard when the client was met for it (S13); null where nobody said.</param>
[Contract("intake.diagnosis-recorded.v1")]
public sealed record DiagnosisRecorded(string ClientId, string DiagnosisId, string Status, string Basis, string? CueProfile = null);

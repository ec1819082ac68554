namespace Clinic.Contracts.Intake;

/// <summary>A clinician records a diagnosis, or confirms one recorded before under the same id. A screen never confirms (S36).</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="DiagnosisId">Chosen by the sender.</param>
/// <param name="System">Code of the classification, for example <c>icd-10</c>.</param>
/// <param name="Code">The diagnosis in it, for example <c>F32.1</c>.</param>
/// <param name="Status">One of <see cref="DiagnosisStatuses"/>.</param>
/// <param name="Basis">One of <see cref="AssessmentBases"/>: what it rests on.</param>
/// <param name="Modality">One of <see cref="Session.Modalities"/>: how the client was met for it, and so what could not be seen or heard (S13). Null where nobody met, or did not say.</param>
[Contract("intake.record-diagnosis.v1")]
public sealed record RecordDiagnosis(
    string ClientId, string DiagnosisId, string System, [property: Sensitive] string Code, string Status, string Basis, string? Modality = null);

/// <summary>How sure a diagnosis is.</summary>
public static class DiagnosisStatuses
{
    public const string Provisional = "provisional";
    public const string Confirmed = "confirmed";
    public static IReadOnlyList<string> All { get; } = [Provisional, Confirmed];
}

/// <summary>What a diagnosis rests on.</summary>
public static class AssessmentBases
{
    public const string SelfReportScreen = "self-report-screen";
    public const string ClientAccount = "client-account";
    public const string Records = "records";
    public const string ClinicalInterview = "clinical-interview";
    public const string StructuredInterview = "structured-interview";
    public static IReadOnlyList<string> All { get; } = [SelfReportScreen, ClientAccount, Records, ClinicalInterview, StructuredInterview];

    /// <summary>A clinician has spoken with the client.</summary>
    public static bool Confirms(string basis) => basis is ClinicalInterview or StructuredInterview;
}

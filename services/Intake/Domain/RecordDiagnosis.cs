using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class RecordDiagnosisValidator : AbstractValidator<RecordDiagnosis>
{
    public RecordDiagnosisValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.DiagnosisId).IsId();
        RuleFor(c => c.System).IsCode();
        RuleFor(c => c.Code).IsCode();
        RuleFor(c => c.Status).IsOneOf(DiagnosisStatuses.All);
        RuleFor(c => c.Basis).IsOneOf(AssessmentBases.All);
        When(c => c.Modality is not null, () => RuleFor(c => c.Modality!).IsOneOf([.. Modalities.All]));
        RuleFor(c => c.Modality).Null().When(c => c.Basis is AssessmentBases.SelfReportScreen or AssessmentBases.Records).WithMessage("is of a meeting, which this basis is not");
    }
}

public static class RecordDiagnosisAggregateHandler
{
    public static object[] Handle(RecordDiagnosis command, Client? state, SuitabilityFacts facts, DateTimeOffset now)
    {
        Clinicians.MustBe(facts.By);
        var problems = Client.Registered(state).Problems;
        var recorded = new DiagnosisRecorded(
            command.ClientId, command.DiagnosisId, command.System, command.Code, command.Status, command.Basis, Labels(command), facts.By.Id, now,
            command.Modality is { } modality ? CueProfiles.Of(modality) : null);
        if (problems.Diagnoses.FirstOrDefault(d => d.DiagnosisId == command.DiagnosisId) is { } earlier)
        {
            if (Same(earlier, recorded)) return [];
            if (problems.IsCorrected(command.DiagnosisId))
                throw new RuleViolation("diagnosis_corrected", "The diagnosis was corrected; record the one that holds under an id of its own.", "diagnosisId");
            if ((earlier.System, earlier.Code) != (recorded.System, recorded.Code))
                throw new RuleViolation("diagnosis_exists", "Another diagnosis of this client has this id.", "diagnosisId");
            if (earlier.Status == DiagnosisStatuses.Confirmed)
                throw new RuleViolation("diagnosis_confirmed", "A confirmed diagnosis is corrected, not made provisional.", "status");
        }
        if (command.Status == DiagnosisStatuses.Confirmed)
        {
            if (!AssessmentBases.Confirms(command.Basis))
                throw new RuleViolation("basis_does_not_confirm", "Only a clinician's own interview confirms a diagnosis, never a screen (S36).", "basis");
            facts.MustBeLicensed(now);
        }
        return [recorded];
    }

    private static bool Same(DiagnosisRecorded a, DiagnosisRecorded b) =>
        (a.System, a.Code, a.Status, a.Basis, a.CueProfile) == (b.System, b.Code, b.Status, b.Basis, b.CueProfile);

    /// <summary>ICD-10 and ICD-10-CM F10 to F19 are disorders due to substance use; everything else is psychiatric.</summary>
    private static string[] Labels(RecordDiagnosis command) =>
        command.System.StartsWith("icd-10", StringComparison.Ordinal) && command.Code is ['F' or 'f', '1', >= '0' and <= '9', ..] ? ["PSY", "SUD"] : ["PSY"];
}

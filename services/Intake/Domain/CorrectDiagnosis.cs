using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class CorrectDiagnosisValidator : AbstractValidator<CorrectDiagnosis>
{
    public CorrectDiagnosisValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.DiagnosisId).IsId();
        RuleFor(c => c.ReasonCode).IsCode();
        RuleFor(c => c.ReplacedBy).Must(id => id is null || Ids.AreValid(id)).WithMessage(Ids.Rule);
        RuleFor(c => c.ReplacedBy).NotEqual(c => c.DiagnosisId);
    }
}

/// <param name="Disclosures">What left intake under releases, null when nothing ever did.</param>
public sealed record CorrectionFacts(Actor By, ClientDisclosures? Disclosures);

public static class CorrectDiagnosisAggregateHandler
{
    public static object[] Handle(CorrectDiagnosis command, Client? state, CorrectionFacts facts, DateTimeOffset now)
    {
        Clinicians.MustBe(facts.By);
        var problems = Client.Registered(state).Problems;
        if (problems.Corrections.FirstOrDefault(c => c.DiagnosisId == command.DiagnosisId) is { } earlier)
            return (earlier.ReasonCode, earlier.ReplacedBy) == (command.ReasonCode, command.ReplacedBy)
                ? []
                : throw new RuleViolation("diagnosis_corrected", "The diagnosis was corrected already.", "diagnosisId");
        bool Known(string id) => problems.Diagnoses.Any(d => d.DiagnosisId == id);
        if (!Known(command.DiagnosisId)) throw new RuleViolation("diagnosis_unknown", "This client has no diagnosis under this id.", "diagnosisId");
        if (command.ReplacedBy is { } other && !Known(other)) throw new RuleViolation("diagnosis_unknown", "This client has no diagnosis under this id.", "replacedBy");
        return
        [
            new DiagnosisCorrected(
                command.ClientId, command.DiagnosisId, command.ReasonCode, facts.Disclosures?.RecipientsOf(command.DiagnosisId) ?? [], facts.By.Id, command.ReplacedBy),
            // written even when nothing has left yet: a release that is being answered must not miss it
            new ForStream(ClientDisclosures.StreamId(command.ClientId), typeof(ClientDisclosures),
                new ItemCorrected(command.ClientId, command.DiagnosisId, command.ReasonCode, command.ReplacedBy))
        ];
    }
}

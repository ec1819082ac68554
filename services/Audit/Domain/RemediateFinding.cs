using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class RemediateFindingValidator : AbstractValidator<RemediateFinding>
{
    public RemediateFindingValidator()
    {
        RuleFor(c => c.FindingId).IsId();
        RuleFor(c => c.Evidence).IsCode();
    }
}

public static class RemediateFindingAggregateHandler
{
    public static object[] Handle(RemediateFinding command, Finding? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw Rules.Unknown("finding", "findingId");
        if (state.Closed) throw new RuleViolation("finding_closed", "The finding is closed.", "findingId");
        return state.Remediation?.Evidence == command.Evidence ? [] : [new AuditFindingRemediated(command.FindingId, command.Evidence, by.Id)];
    }
}

using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class RaiseFindingValidator : AbstractValidator<RaiseFinding>
{
    public RaiseFindingValidator()
    {
        RuleFor(c => c.FindingId).IsId();
        RuleFor(c => c.Area).IsOneOf(AuditCodes.Areas);
        RuleFor(c => c.Severity).IsOneOf(AuditCodes.Severities);
        RuleFor(c => c.DueAt).IsSane();
        RuleFor(c => c.Reference).IsCode();
    }
}

public static class RaiseFindingAggregateHandler
{
    public static object[] Handle(RaiseFinding command, Finding? state, Actor by, DateTimeOffset now)
    {
        var raised = new AuditFindingRaised(command.FindingId, command.Area, command.Severity, command.DueAt, command.Reference, by.Id);
        if (state is not null)
            return state.Raised with { RaisedBy = by.Id } == raised ? [] : throw new RuleViolation("finding_exists", "Another finding has this id.", "findingId");
        return command.DueAt > now ? [raised] : throw new RuleViolation("due_in_past", "A finding is due in the future.", "dueAt");
    }
}

using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class ReviewRemediationValidator : AbstractValidator<ReviewRemediation>
{
    public ReviewRemediationValidator() => RuleFor(c => c.FindingId).IsId();
}

public static class ReviewRemediationAggregateHandler
{
    public static object[] Handle(ReviewRemediation command, Finding? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw Rules.Unknown("finding", "findingId");
        if (state.Closed) return command.Accepted ? [] : throw new RuleViolation("finding_closed", "The finding is closed.", "findingId");
        if (state.Remediation is not { } made) throw new RuleViolation("nothing_to_review", "Nobody has said yet that it was put right.", "findingId");
        if (made.RemediatedBy == by.Id) throw new RuleViolation("own_work", "Who put it right cannot be who agrees.", "findingId");
        var reviewed = new RemediationReviewed(command.FindingId, command.Accepted, by.Id);
        // its timer has fired while somebody said that it was put right, and fires no more
        return !command.Accepted && !state.Overdue && state.Raised.DueAt <= now ? [reviewed, new AuditFindingOverdue(command.FindingId, state.Raised.DueAt)] : [reviewed];
    }
}

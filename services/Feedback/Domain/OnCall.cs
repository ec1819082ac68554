using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class AssignOnCallValidator : AbstractValidator<AssignOnCall>
{
    public AssignOnCallValidator()
    {
        RuleFor(c => c.DutyId).MustBeId();
        RuleFor(c => c.PractitionerId).MustBeId();
        RuleFor(c => c.Level).InclusiveBetween(1, 3);
        RuleFor(c => c.From).Must(at => at.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");
        RuleFor(c => c.To).Must((c, to) => to > c.From && to - c.From <= OnCallRoster.LongestDuty).WithMessage("must be after 'from', by a week at the most");
    }
}

public static class AssignOnCallAggregateHandler
{
    public static object[] Handle(AssignOnCall command, OnCallRoster? state, Actor by, DateTimeOffset now)
    {
        var assigned = new OnCallAssigned(command.DutyId, command.PractitionerId, command.Level, command.From, command.To);
        if (state?.Withdrawn.Contains(command.DutyId) is true) throw new RuleViolation("duty_exists", "A duty with this id was withdrawn.", "dutyId");
        if (state?.Duties.FirstOrDefault(d => d.DutyId == command.DutyId) is { } earlier)
            return earlier == assigned ? [] : throw new RuleViolation("duty_exists", "Another duty has this id.", "dutyId");
        return [assigned];
    }
}

public sealed class WithdrawOnCallValidator : AbstractValidator<WithdrawOnCall>
{
    public WithdrawOnCallValidator() => RuleFor(c => c.DutyId).MustBeId();
}

public static class WithdrawOnCallAggregateHandler
{
    public static object[] Handle(WithdrawOnCall command, OnCallRoster? state, Actor by, DateTimeOffset now)
    {
        if (state?.Withdrawn.Contains(command.DutyId) is true) return [];
        if (state?.Duties.Any(d => d.DutyId == command.DutyId) is not true)
            throw new RuleViolation("duty_unknown", "No such duty begins in that month.", "dutyId");
        return [new OnCallWithdrawn(command.DutyId)];
    }
}

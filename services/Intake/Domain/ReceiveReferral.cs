using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ReceiveReferralValidator : AbstractValidator<ReceiveReferral>
{
    public ReceiveReferralValidator()
    {
        RuleFor(c => c.ReferralId).IsId();
        RuleFor(c => c.Source).IsCode();
        RuleFor(c => c.ReasonCodes).NotEmpty().HasAtMost(10);
        RuleForEach(c => c.ReasonCodes).IsCode();
        RuleFor(c => c.Urgency).IsOneOf(Urgencies.All);
        RuleFor(c => c.OccurredAt).IsSane();
    }
}

public static class ReceiveReferralAggregateHandler
{
    public static object[] Handle(ReceiveReferral command, Referral? state, Actor by, DateTimeOffset now)
    {
        var received = new ReferralReceived(command.ReferralId, command.Source, command.ReasonCodes, command.Urgency,
            command.OccurredAt, Clocks.Ahead(command.OccurredAt, now));
        if (state?.Received is not { } known) return [received];
        // the same message later may no longer be ahead of the clock
        if (known == received with { ClockAhead = known.ClockAhead }) return [];
        throw new RuleViolation("referral_exists", "Another referral has this id.", "referralId");
    }
}

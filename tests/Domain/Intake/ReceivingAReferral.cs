using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class ReceivingAReferral
{
    private static readonly ReceiveReferral Command = new("ref-1", "general-practice", ["F32.1"], Urgencies.Urgent);
    private static readonly ReferralReceived Received = new("ref-1", "general-practice", new string[] { "F32.1" }, Urgencies.Urgent);

    [Fact]
    public void a_referral_is_received() => Spec.Given<Referral>()
        .When(Command, ReceiveReferralAggregateHandler.Handle, Spec.Ehr).Then(Received);

    [Fact]
    public void receiving_twice_changes_nothing() => Spec.Given<Referral>(Received)
        .When(Command, ReceiveReferralAggregateHandler.Handle, Spec.Ehr).ThenNothing();

    [Fact]
    public void another_referral_under_the_same_id_is_refused()
    {
        foreach (var other in new[] { Command with { ReasonCodes = ["F41.1"] }, Command with { Urgency = Urgencies.Routine } })
            Spec.Given<Referral>(Received)
                .When(other, ReceiveReferralAggregateHandler.Handle, Spec.Ehr)
                .ThenViolates("referral_exists", "referralId");
    }

    [Fact, Trait("Scenario", "T62")]
    public void a_sender_whose_clock_is_ahead_is_accepted_and_flagged()
    {
        var ahead = new ReceiveReferral("ref-9", "gp", ["F32.1"], Urgencies.Routine, Spec.Now.AddMinutes(3));
        var received = new ReferralReceived("ref-9", "gp", new[] { "F32.1" }, Urgencies.Routine, ahead.OccurredAt, true);
        Spec.Given<Referral>().When(ahead, ReceiveReferralAggregateHandler.Handle, Spec.Ehr).Then(received);
        Spec.Given<Referral>(received).When(ahead, ReceiveReferralAggregateHandler.Handle, Spec.Ehr, Spec.Now.AddHours(1)).ThenNothing();
        Spec.Given<Referral>().When(ahead with { OccurredAt = Spec.Now }, ReceiveReferralAggregateHandler.Handle, Spec.Ehr)
            .Then(received with { OccurredAt = Spec.Now, ClockAhead = null });
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new ReceiveReferralValidator();
        validator.Validate(Command).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Command with { ReferralId = "Ref 1" }, "ReferralId");
        validator.ShouldBeInvalid(Command with { Source = "Dr. Jane Roe" }, "Source");
        validator.ShouldBeInvalid(Command with { ReasonCodes = [] }, "ReasonCodes");
        validator.ShouldBeInvalid(Command with { ReasonCodes = [.. Enumerable.Repeat("F32.1", 11)] }, "ReasonCodes");
        validator.ShouldBeInvalid(Command with { ReasonCodes = ["F32.1", "feels low since May"] }, "ReasonCodes[1]");
        validator.ShouldBeInvalid(Command with { Urgency = "soon" }, "Urgency");
    }
}

using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class WithdrawingConsent
{
    private static readonly WithdrawConsent Withdraw = new(Some.Client, "sub-1", "app", Some.Directive);
    private static readonly WithdrawConsent WithdrawAll = Withdraw with { DirectiveId = null };
    private readonly WithdrawConsentValidator validator = new();

    [Fact]
    public void a_consent_is_withdrawn_from_now_on_without_a_reason() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(Withdraw, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor).Then(Some.Withdrawn());

    [Fact]
    public void a_reason_is_kept_when_given() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(Withdraw with { Reason = "Moving away" }, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor)
            .Then(Some.Withdrawn() with { Reason = "Moving away" });

    [Fact]
    public void a_proposal_can_be_withdrawn() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Withdraw, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor).Then(Some.Withdrawn(version: 2));

    [Fact]
    public void withdrawing_twice_changes_nothing() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted(), Some.Withdrawn())
            .When(Withdraw, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor, Some.Now.AddDays(1))
            .ThenNothing();

    [Fact]
    public void withdrawing_what_was_refused_changes_nothing() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Refused())
            .When(Withdraw, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor).ThenNothing();

    [Fact]
    public void a_withdrawal_does_not_reach_back_but_remembers_what_was_said() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(
                Withdraw with { EffectiveAt = Some.Now.AddDays(-3) }, WithdrawConsentAggregateHandler.Handle,
                Spec.ClientActor)
            .Then(Some.Withdrawn() with { StatedFrom = Some.Now.AddDays(-3) });

    [Fact]
    public void a_withdrawal_may_lie_ahead() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(
                Withdraw with { EffectiveAt = Some.Now.AddDays(3) }, WithdrawConsentAggregateHandler.Handle,
                Spec.ClientActor)
            .Then(Some.Withdrawn(effectiveAt: Some.Now.AddDays(3)));

    [Fact]
    public void a_withdrawal_that_lies_ahead_can_be_brought_forward() =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted(), Some.Withdrawn(effectiveAt: Some.Now.AddDays(3)))
            .When(WithdrawAll, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor)
            .Then(Some.Withdrawn(version: 4));

    [Fact]
    public void one_command_withdraws_everything_that_holds_or_will() =>
        Spec.Given<ClientConsents>(
                Some.Proposed("a"), Some.Granted("a"),
                Some.Proposed("b"), Some.Granted("b", validFrom: Some.Now.AddDays(9)),
                Some.Proposed("c"), Some.Granted("c", validFrom: Some.Now.AddDays(-9), expiresAt: Some.Now),
                Some.Proposed("d"), Some.Refused("d"),
                Some.Proposed("e"))
            .When(WithdrawAll, WithdrawConsentAggregateHandler.Handle, Spec.Ehr)
            .Then(Some.Withdrawn("a"), Some.Withdrawn("b"));

    [Fact]
    public void withdrawing_everything_when_there_is_nothing_changes_nothing() =>
        Spec.Given<ClientConsents>()
            .When(WithdrawAll, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor).ThenNothing();

    [Fact]
    public void an_unknown_directive_is_named() =>
        Spec.Given<ClientConsents>(Some.Proposed())
            .When(Withdraw with { DirectiveId = "dir-9" }, WithdrawConsentAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("directive_unknown", "directiveId");

    [Theory]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Service)]
    public void bystanders_do_not_withdraw_for_a_client(string role) =>
        Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
            .When(Withdraw, WithdrawConsentAggregateHandler.Handle, new Actor("x", role, "north"))
            .ThenViolates("role_not_permitted");

    [Fact]
    public void whoever_may_record_a_grant_may_record_a_withdrawal()
    {
        foreach (var by in new[] { Spec.ClientActor, Spec.Ehr, Spec.Therapist })
            Spec.Given<ClientConsents>(Some.Proposed(), Some.Granted())
                .When(Withdraw, WithdrawConsentAggregateHandler.Handle, by).Then(Some.Withdrawn());
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        validator.Validate(Withdraw).IsValid.ShouldBeTrue();
        validator.Validate(WithdrawAll).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Withdraw with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Withdraw with { RequestedBy = "Ann Lee" }, "RequestedBy");
        validator.ShouldBeInvalid(Withdraw with { Channel = "by phone, at noon" }, "Channel");
        validator.ShouldBeInvalid(Withdraw with { DirectiveId = "" }, "DirectiveId");
        validator.ShouldBeInvalid(Withdraw with { EffectiveAt = default(DateTimeOffset) }, "EffectiveAt");
        validator.ShouldBeInvalid(Withdraw with { Reason = new string('x', 1001) }, "Reason");
    }

    /// <summary>GDPR 7(3): step by step, withdrawing asks for less than granting.</summary>
    [Fact]
    public void withdrawing_asks_for_less_than_granting()
    {
        static int Asked(Type command) => command.GetConstructors().Single(c => c.GetParameters().Length > 1).GetParameters().Count(p => !p.IsOptional);
        Asked(typeof(WithdrawConsent)).ShouldBeLessThan(Asked(typeof(GrantConsent)));
        // one command for everything, and no reason
        typeof(WithdrawConsent).GetConstructors().SelectMany(c => c.GetParameters()).Where(p => p.Name is "DirectiveId" or "Reason").ShouldAllBe(p => p.IsOptional);
    }
}

using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Laws over any sequence of commands, on three directives that share and one day of instants.</summary>
public sealed class ConsentProperties
{
    private sealed record Step(object Command, DateTimeOffset At);

    private static readonly Gen<Step> AnyStep =
        from directive in Gen.Elements("a", "b", "c")
        from minute in Gen.Choose(0, 1440)
        from length in Gen.Choose(1, 600)
        from kind in Gen.Choose(0, 4)
        let at = Some.Now.AddMinutes(minute)
        select new Step(
            kind switch
            {
                0 => new ProposeConsent(Some.Client, directive, Some.Document, [Some.Sharing]),
                1 => new GrantConsent(Some.Client, directive, Some.Self, Some.Signature, at, at.AddMinutes(length)),
                2 => new RefuseConsent(Some.Client, directive),
                3 => new WithdrawConsent(Some.Client, "sub-1", "app", directive, at.AddMinutes(length - 300)),
                _ => new WithdrawConsent(Some.Client, "sub-1", "app")
            },
            at);

    private static readonly Arbitrary<Step[]> AnyHistory =
        AnyStep.ListOf().Select(steps => steps.ToArray()).ToArbitrary();

    private static readonly Arbitrary<Step> AnyWithdrawal =
        AnyStep.Where(step => step.Command is WithdrawConsent).ToArbitrary();

    private static readonly Arbitrary<int> AnyMinute = Gen.Choose(0, 2000).ToArbitrary();

    private static object[] Decide(ClientConsents? state, Step step)
    {
        try
        {
            return step.Command switch
            {
                ProposeConsent c => ProposeConsentAggregateHandler.Handle(c, state, new ProposalFacts(Spec.Ehr, Some.Texts), step.At),
                GrantConsent c => GrantConsentAggregateHandler.Handle(c, state, new GrantFacts(Spec.Ehr, Some.Texts), step.At),
                RefuseConsent c => RefuseConsentAggregateHandler.Handle(c, state, Spec.Ehr, step.At),
                WithdrawConsent c => WithdrawConsentAggregateHandler.Handle(c, state, Spec.Ehr, step.At),
                _ => throw new ArgumentOutOfRangeException(nameof(step))
            };
        }
        catch (RuleViolation)
        {
            return [];
        }
    }

    private static List<object> Run(IEnumerable<Step> steps)
    {
        var events = new List<object>();
        foreach (var step in steps) events.AddRange(Decide(Spec.Fold<ClientConsents>([.. events]), step));
        return events;
    }

    [Fact]
    public void any_sequence_of_commands_reaches_only_legal_states() =>
        Prop.ForAll(AnyHistory, steps =>
        {
            var events = Run(steps).ToArray();
            for (var i = 0; i < events.Length; i++)
            {
                var before = Spec.Fold<ClientConsents>(events[..i]);
                var after = Spec.Fold<ClientConsents>(events[..(i + 1)])!;
                foreach (var directive in after.Directives)
                    IsLegal(before?.Find(directive.Id), directive).ShouldBeTrue();
            }
        }).QuickCheckThrowOnFailure();

    private static bool IsLegal(Directive? before, Directive after) =>
        before == after
        || (before?.Version ?? 0) + 1 == after.Version
        && (before?.Status, after.Status) is
            (null, DirectiveStatus.Proposed)
            or (DirectiveStatus.Proposed, not DirectiveStatus.Proposed)
            or (DirectiveStatus.Active, DirectiveStatus.Withdrawn)
            or (DirectiveStatus.Withdrawn, DirectiveStatus.Withdrawn)
        && !(after.WithdrawnFrom > before?.WithdrawnFrom);

    [Fact]
    public void a_permit_never_appears_by_adding_a_withdrawal() =>
        Prop.ForAll(AnyHistory, AnyWithdrawal, AnyMinute, (steps, withdrawal, minute) =>
        {
            var before = Spec.Fold<ClientConsents>([.. Run(steps)]);
            var after = Spec.Fold<ClientConsents>([.. Run([.. steps, withdrawal])]);
            var instant = Some.Now.AddMinutes(minute);
            return DisclosureDecision.Evaluate(before, Some.Requested, instant).IsPermitted
                || !DisclosureDecision.Evaluate(after, Some.Requested, instant).IsPermitted;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void after_withdrawing_everything_nothing_holds_from_then_on() =>
        Prop.ForAll(AnyHistory, AnyMinute, (steps, minute) =>
        {
            var at = Some.Now.AddMinutes(minute);
            var all = new Step(new WithdrawConsent(Some.Client, "sub-1", "app"), at);
            var state = Spec.Fold<ClientConsents>([.. Run([.. steps, all])]);
            return state is null || !state.ActiveAt(at).Any();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void sending_any_command_again_at_once_changes_nothing() =>
        Prop.ForAll(AnyHistory, AnyStep.ToArbitrary(), (steps, step) =>
            Run([.. steps, step, step]).Count == Run([.. steps, step]).Count).QuickCheckThrowOnFailure();
}

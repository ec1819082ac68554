using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Notifications;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Answers a client waits for have a term, one extension at most, and are said to be late.</summary>
public sealed class Terms
{
    private static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");
    private static readonly DateTimeOffset Due = Some.Now.AddDays(60);
    private static readonly Clinic.Consent.Domain.AccountingRequested Accounting = new("a-1", Some.Client, AccountingRegimes.Hipaa, Due, false);
    private static readonly Clinic.Consent.Domain.AmendmentRequested Amending = new("am-1", Some.Client, "progress-notes", "That was in May.", Due);

    [Fact]
    public void an_accounting_takes_thirty_days_more_once_and_still_shows_what_was_asked_for()
    {
        var extend = new ExtendAccounting("a-1", Some.Client, "The archive is being moved.");
        var extended = new Clinic.Consent.Domain.AccountingExtended("a-1", Some.Client, "The archive is being moved.", Due.AddDays(30));
        Spec.Given<Accountings>(Accounting).When(extend, ExtendAccountingAggregateHandler.Handle, Supervisor).Then(extended);
        Spec.Given<Accountings>(Accounting, extended).When(extend, ExtendAccountingAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<Accountings>(Accounting).When(extend, ExtendAccountingAggregateHandler.Handle, Supervisor, Due).ThenViolates("term_passed", "requestId");
        Spec.Given<Accountings>(Accounting).When(extend with { RequestId = "a-2" }, ExtendAccountingAggregateHandler.Handle, Supervisor).ThenViolates("accounting_unknown", "requestId");
        new ExtendAccountingValidator().ShouldBeInvalid(extend with { Reason = "" }, "Reason");
        var request = Spec.Fold<Accountings>(Accounting, extended)!.Requests.Single();
        (request.AskedAt, request.DueAt).ShouldBe((Some.Now, Due.AddDays(30)));
    }

    [Fact]
    public void an_accounting_that_is_late_is_said_once_unless_it_waits_for_the_client()
    {
        Outcome Noting(DateTimeOffset at, params object[] events) =>
            Spec.Given<Accountings>(events).When(new NoteAccountingOverdue(Some.Client, "a-1"), NoteAccountingOverdueAggregateHandler.Handle, Spec.Service, at);
        Noting(Due.AddTicks(-1), Accounting).ThenNothing();
        var late = Noting(Due, Accounting).Events;
        late[0].ShouldBe(new Clinic.Consent.Domain.AccountingOverdue("a-1", Some.Client, Due));
        (((NotificationWanted)late[1]).Recipient, ((NotificationWanted)late[1]).Template).ShouldBe(("staff:records", NotificationTemplates.AnswerLate));
        Noting(Due.AddDays(1), [Accounting, .. late]).ThenNothing();
        Noting(Due, Accounting, new Clinic.Consent.Domain.AccountingExtended("a-1", Some.Client, "archive", Due.AddDays(30))).ThenNothing();
        Noting(Due, Accounting, new Clinic.Consent.Domain.AccountingIssued("a-1", Some.Client, AccountingRegimes.Hipaa, 0, Some.Hash, Some.Now)).ThenNothing();
        var charged = Accounting with { FeeApplies = true };
        Noting(Due, charged).ThenNothing();
        Noting(Due, charged, new AccountingFeeAccepted("a-1", Some.Client)).Events.Length.ShouldBe(2);
    }

    [Fact]
    public void an_amendment_takes_thirty_days_more_once()
    {
        var extend = new ExtendAmendment("am-1", "Its author is away.");
        var extended = new Clinic.Consent.Domain.AmendmentExtended("am-1", Some.Client, "Its author is away.", Due.AddDays(30));
        var decided = new Clinic.Consent.Domain.AmendmentDecided("am-1", Some.Client, true, "agreed", "sup-1");
        Spec.Given<Amendment>(Amending).When(extend, ExtendAmendmentAggregateHandler.Handle, Supervisor).Then(extended);
        Spec.Given<Amendment>(Amending, extended).When(extend, ExtendAmendmentAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<Amendment>(Amending, decided).When(extend, ExtendAmendmentAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<Amendment>(Amending).When(extend, ExtendAmendmentAggregateHandler.Handle, Supervisor, Due).ThenViolates("term_passed", "amendmentId");
        Spec.Given<Amendment>().When(extend, ExtendAmendmentAggregateHandler.Handle, Supervisor).ThenViolates("amendment_unknown", "amendmentId");
        new ExtendAmendmentValidator().ShouldBeInvalid(extend with { Reason = "" }, "Reason");

        Outcome Noting(DateTimeOffset at, params object[] events) =>
            Spec.Given<Amendment>([Amending, .. events]).When(new NoteAmendmentOverdue("am-1"), NoteAmendmentOverdueAggregateHandler.Handle, Spec.Service, at);
        Noting(Due, extended).ThenNothing();
        Noting(Due, decided).ThenNothing();
        var late = Noting(Due).Events;
        late[0].ShouldBe(new Clinic.Consent.Domain.AmendmentOverdue("am-1", Some.Client, Due));
        Noting(Due, late).ThenNothing();
    }

    [Fact]
    public void a_notification_has_an_id_of_at_most_sixty_four_characters_and_its_own()
    {
        string[] ids = [new string('a', 64), new string('a', 63) + "b", new string('a', 55)];
        string Informed(string id) => ((NotificationWanted)Spec.Given<EmergencyAccess>(
                new Clinic.Consent.Domain.EmergencyAccessGranted(id, Some.Client, "user-1", "suicide-risk", "found", Some.Now, 3600),
                new Clinic.Consent.Domain.EmergencyAccessClosed(id, Some.Client, "time", Some.Now, Some.Now))
            .When(new ReviewEmergencyAccess(id, "justified", false), ReviewEmergencyAccessAggregateHandler.Handle, new ReviewFacts(Supervisor, null)).Events[2]).NotificationId;
        string Overdue(string id) => ((NotificationWanted)Spec.Given<EmergencyAccess>(
                new Clinic.Consent.Domain.EmergencyAccessGranted(id, Some.Client, "user-1", "suicide-risk", "found", Some.Now, 3600),
                new Clinic.Consent.Domain.EmergencyAccessClosed(id, Some.Client, "time", Some.Now, Some.Now))
            .When(new EscalateReview(id), EscalateReviewAggregateHandler.Handle, Spec.Service).Events[1]).NotificationId;
        var all = ids.Select(Informed).Concat(ids.Select(Overdue)).ToArray();
        all.ShouldAllBe(id => Ids.AreValid(id));
        all.Distinct().Count().ShouldBe(all.Length);
        Informed(ids[2]).ShouldBe("informed-" + ids[2]);
    }

    private static readonly object[] Restricted =
    [
        new Clinic.Consent.Domain.RestrictionRequested(Some.Client, "r-1", "not my brother", [Some.Deny().Disclosure!]),
        new Clinic.Consent.Domain.RestrictionDecided(Some.Client, "r-1", true, "agreed"), Some.Proposed("yes", Some.Sharing), Some.Granted("yes", [Some.Sharing])
    ];

    private static readonly TerminateRestriction Terminate = new("r-1", Some.Client, Some.Now.AddDays(-10));

    [Fact]
    public void a_clinic_ends_a_restriction_for_what_is_recorded_after_it_and_for_nothing_before()
    {
        var today = DateOnly.FromDateTime(Some.Now.UtcDateTime);
        string? Reason(DateOnly from, DateOnly to, params object[] events) => DisclosureDecision.Evaluate(
            Spec.Fold<ClientConsents>(events), Some.Requested with { PeriodFrom = from, PeriodTo = to }, Some.Now.AddDays(30)).ReasonCode;
        var terminated = new Clinic.Consent.Domain.RestrictionTerminated(Some.Client, "r-1", Terminate.InformedAt, today);
        Spec.Given<ClientConsents>(Restricted).When(Terminate, TerminateRestrictionAggregateHandler.Handle, Supervisor).Then(terminated);
        object[] after = [.. Restricted, terminated];
        Reason(today.AddDays(1), today.AddDays(20), Restricted).ShouldBe("explicitly_denied");
        Reason(today.AddDays(1), today.AddDays(20), after).ShouldBeNull();
        // what lies before, and what reaches into it, stays restricted
        Reason(today.AddDays(-20), today, after).ShouldBe("explicitly_denied");
        Reason(today, today.AddDays(20), after).ShouldBe("explicitly_denied");
        Spec.Given<ClientConsents>(after).When(Terminate, TerminateRestrictionAggregateHandler.Handle, Supervisor).ThenNothing();
        // and what the client ends, ends
        Reason(today.AddDays(-20), today, [.. after, new Clinic.Consent.Domain.RestrictionEnded(Some.Client, "r-1")]).ShouldBeNull();
    }

    [Fact]
    public void a_client_is_told_first_and_what_was_paid_in_full_stays()
    {
        Spec.Given<ClientConsents>(Restricted).When(Terminate with { InformedAt = Some.Now.AddTicks(1) }, TerminateRestrictionAggregateHandler.Handle, Supervisor)
            .ThenViolates("not_yet_informed", "informedAt");
        Spec.Given<ClientConsents>(Restricted[0], new Clinic.Consent.Domain.RestrictionDecided(Some.Client, "r-1", true, RestrictionBases.PaidInFull))
            .When(Terminate, TerminateRestrictionAggregateHandler.Handle, Supervisor).ThenViolates("restriction_stays", "restrictionId");
        Spec.Given<ClientConsents>(Restricted[0]).When(Terminate, TerminateRestrictionAggregateHandler.Handle, Supervisor).ThenViolates("restriction_not_agreed", "restrictionId");
        Spec.Given<ClientConsents>(Restricted).When(Terminate with { RestrictionId = "r-2" }, TerminateRestrictionAggregateHandler.Handle, Supervisor)
            .ThenViolates("restriction_unknown", "restrictionId");
    }
}

using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Which disclosures a client is told of, by which law, and when somebody may be left out.</summary>
public sealed class AccountingForDisclosures
{
    private static readonly DateTimeOffset Asked = new(2026, 6, 30, 15, 0, 0, TimeSpan.Zero);

    private static LedgerEntry Entry(string id, string at, string basis = LegalBases.MandatedReport, string purpose = "PATSFTY", string recipient = "agency") =>
        new(id, DateTimeOffset.Parse(at), recipient, purpose, basis, "measures");

    private static readonly LedgerEntry[] Ledger =
    [
        Entry("too-old", "2020-06-29T23:59:59Z"),
        Entry("first-day", "2020-06-30T00:00:00Z"),
        Entry("treatment", "2024-01-01T00:00:00Z", LegalBases.Consent, "TREAT"),
        Entry("ordered", "2024-02-01T00:00:00Z", LegalBases.CourtOrder, "TREAT"),
        Entry("authorised", "2024-01-01T00:00:00Z", LegalBases.Consent, "HLEGAL"),
        Entry("authorised-early", "2023-06-29T12:00:00Z", LegalBases.Consent, "HLEGAL"),
        Entry("authorised-first-day", "2023-06-30T00:00:00Z", LegalBases.Consent, "TREAT"),
        Entry("own", "2025-01-01T00:00:00Z", LegalBases.Consent, "PATRQT"),
        Entry("report", "2025-05-05T00:00:00Z"),
        Entry("glass", "2025-06-05T00:00:00Z", LegalBases.Emergency, "BTG", "none"),
        Entry("later", "2026-06-30T15:00:01Z")
    ];

    private static string[] Shown(string regime, params Suspension[] suspensions) => Shown(new AccountingRequest("a", regime, Asked, Asked.AddDays(60), false), suspensions);

    private static string[] Shown(AccountingRequest request, params Suspension[] suspensions) =>
        [.. Ledger.Where(e => AccountingRegime.Shows(request, e, suspensions, Asked)).Select(e => e.DisclosureId)];

    [Fact, Trait("Scenario", "T48")]
    public void hipaa_shows_six_years_without_treatment_the_client_and_what_was_authorised() =>
        Shown(AccountingRegimes.Hipaa).ShouldBe(["first-day", "ordered", "report", "glass"]);

    [Fact]
    public void a_shorter_time_may_be_asked_for_and_nothing_later_than_the_question_is_shown() =>
        Shown(new AccountingRequest("a", AccountingRegimes.Everything, Asked, Asked.AddDays(60), false, From: new(2024, 2, 1), To: new(2025, 5, 5)))
            .ShouldBe(["ordered", "own", "report"]);

    [Fact, Trait("Scenario", "T48")]
    public void part_2_shows_three_years_of_what_was_consented_to() =>
        Shown(AccountingRegimes.Part2).ShouldBe(["treatment", "authorised", "authorised-first-day", "own"]);

    [Fact]
    public void the_client_may_see_everything() => Shown(AccountingRegimes.Everything).Length.ShouldBe(Ledger.Length - 1);

    [Fact, Trait("Scenario", "T49")]
    public void an_agency_is_left_out_while_its_suspension_holds_and_not_a_day_longer()
    {
        var oral = new Suspension("s", "agency", false, Asked.AddDays(-30), Asked);
        Shown(AccountingRegimes.Hipaa, oral).ShouldContain("report");
        Shown(AccountingRegimes.Hipaa, oral with { Until = Asked.AddTicks(1) }).ShouldBe(["glass"]);
        Shown(AccountingRegimes.Hipaa, oral with { AgencyId = "other", Until = Asked.AddDays(1) }).ShouldContain("report");
    }

    private static readonly SuspendAccounting Orally = new("s", Some.Client, "agency", false, Some.Now.AddDays(30));

    [Fact, Trait("Scenario", "T49")]
    public void asked_orally_it_lasts_thirty_days_at_most() =>
        Spec.Given<Accountings>().When(Orally with { Until = Some.Now.AddDays(30).AddTicks(1) }, SuspendAccountingAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("oral_suspension_too_long", "until");

    [Fact, Trait("Scenario", "T49")]
    public void nobody_goes_on_orally_where_an_oral_suspension_has_ended() =>
        Spec.Given<Accountings>(new AccountingSuspended("s", Some.Client, "agency", false, Some.Now.AddDays(-31), Some.Now.AddDays(-1)))
            .When(Orally with { SuspensionId = "s-2" }, SuspendAccountingAggregateHandler.Handle, Spec.Therapist).ThenViolates("writing_needed", "written");

    [Fact]
    public void a_writing_takes_the_place_of_an_oral_suspension_and_keeps_its_beginning()
    {
        var oral = new AccountingSuspended("s", Some.Client, "agency", false, Some.Now.AddDays(-20), Some.Now.AddDays(10));
        Spec.Given<Accountings>(oral).When(Orally with { Until = Some.Now.AddDays(20) }, SuspendAccountingAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("suspension_exists", "suspensionId");
        Spec.Given<Accountings>(oral)
            .When(Orally with { Written = true, StatementHash = Some.Hash, Until = Some.Now.AddDays(200) }, SuspendAccountingAggregateHandler.Handle, Spec.Therapist)
            .Then(new AccountingSuspended("s", Some.Client, "agency", true, Some.Now.AddDays(-20), Some.Now.AddDays(200), Some.Hash));
    }

    [Fact]
    public void a_written_suspension_needs_the_writing() =>
        new SuspendAccountingValidator().ShouldBeInvalid(Orally with { Written = true }, "StatementHash");

    [Fact, Trait("Scenario", "T50")]
    public void a_second_accounting_within_twelve_months_is_issued_after_the_fee_was_accepted()
    {
        var first = new AccountingRequested("a-1", Some.Client, AccountingRegimes.Hipaa, Some.Now, false);
        var issued = new AccountingIssued("a-1", Some.Client, AccountingRegimes.Hipaa, 3, Some.Hash, Some.Now.AddMonths(-12).AddTicks(10));
        var second = Spec.Given<Accountings>(first, issued)
            .When(new RequestAccounting("a-2", Some.Client, AccountingRegimes.Hipaa), RequestAccountingAggregateHandler.Handle, Spec.ClientActor).Events.Single();
        second.ShouldBeOfType<AccountingRequested>().FeeApplies.ShouldBeTrue();

        var issue = new IssueAccounting(Some.Client, "a-2", 3, Some.Hash, Some.Now);
        Spec.Given<Accountings>(first, issued, second).When(issue, IssueAccountingAggregateHandler.Handle, Spec.ClientActor).ThenViolates("fee_notice", "requestId");
        Spec.Given<Accountings>(first, issued, second, new AccountingFeeAccepted("a-2", Some.Client))
            .When(issue, IssueAccountingAggregateHandler.Handle, Spec.ClientActor).Events.Length.ShouldBe(1);
    }

    [Fact, Trait("Scenario", "T50")]
    public void the_first_in_twelve_months_is_free_and_what_the_client_may_know_always_is()
    {
        var first = new AccountingRequested("a-1", Some.Client, AccountingRegimes.Hipaa, Some.Now, false);
        AccountingRequested Ask(string regime, DateTimeOffset issuedAt) => (AccountingRequested)Spec
            .Given<Accountings>(first, new AccountingIssued("a-1", Some.Client, AccountingRegimes.Hipaa, 3, Some.Hash, issuedAt))
            .When(new RequestAccounting("a-2", Some.Client, regime), RequestAccountingAggregateHandler.Handle, Spec.ClientActor).Events.Single();
        Ask(AccountingRegimes.Hipaa, Some.Now.AddMonths(-12)).FeeApplies.ShouldBeFalse();
        Ask(AccountingRegimes.Everything, Some.Now.AddDays(-1)).FeeApplies.ShouldBeFalse();
        Ask(AccountingRegimes.Hipaa, Some.Now.AddMonths(-1)).DueAt.ShouldBe(Some.Now.AddDays(60));
    }

    [Fact, Trait("Scenario", "T50")]
    public void what_counts_towards_the_fee_is_each_accounting_under_hipaa_once()
    {
        bool Fee(params object[] events) => ((AccountingRequested)Spec.Given<Accountings>(events)
            .When(new RequestAccounting("next", Some.Client, AccountingRegimes.Hipaa), RequestAccountingAggregateHandler.Handle, Spec.ClientActor).Events.Single()).FeeApplies;
        AccountingRequested Requested(string regime, DateTimeOffset asked) => new("a-1", Some.Client, regime, asked + ConsentPolicy.AccountingDue, false);
        AccountingIssued Issued(string regime, DateTimeOffset at) => new("a-1", Some.Client, regime, 3, Some.Hash, at);
        Fee(Requested(AccountingRegimes.Everything, Some.Now.AddDays(-9)), Issued(AccountingRegimes.Everything, Some.Now.AddDays(-8))).ShouldBeFalse();
        // one that waits to be issued is the free one
        Fee(Requested(AccountingRegimes.Hipaa, Some.Now.AddDays(-9))).ShouldBeTrue();
        // giving the same one again is no second one
        var long_ago = Requested(AccountingRegimes.Hipaa, Some.Now.AddMonths(-13));
        Fee(long_ago, Issued(AccountingRegimes.Hipaa, Some.Now.AddMonths(-13)), Issued(AccountingRegimes.Hipaa, Some.Now.AddDays(-1))).ShouldBeFalse();
    }

    [Fact]
    public void the_same_request_for_another_time_is_another_request()
    {
        var asked = new RequestAccounting("a-1", Some.Client, AccountingRegimes.Hipaa, new(2026, 1, 1));
        var given = Spec.Given<Accountings>(Spec.Given<Accountings>().When(asked, RequestAccountingAggregateHandler.Handle, Spec.ClientActor).Events);
        given.When(asked, RequestAccountingAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        given.When(asked with { From = null }, RequestAccountingAggregateHandler.Handle, Spec.ClientActor).ThenViolates("accounting_exists", "requestId");
        new RequestAccountingValidator().ShouldBeInvalid(asked with { To = new(2025, 12, 31) }, "To");
    }

    [Fact]
    public void repeated_disclosures_are_told_with_first_number_and_last()
    {
        LedgerEntry Told(string id, string hospital) => Entry(id, "2025-02-01T00:00:00Z", LegalBases.Emergency, "BTG", "none") with { Recipient = hospital };
        var repeated = AccountingRegime.Repeated(
        [
            Entry("a", "2025-01-01T00:00:00Z"), Entry("b", "2025-03-01T00:00:00Z"), Entry("c", "2025-02-01T00:00:00Z", recipient: "other"),
            // another basis, and two hospitals, are not the same again
            Entry("d", "2025-02-01T00:00:00Z", LegalBases.CourtOrder), Told("e", "St Mary"), Told("f", "St Anne")
        ]);
        repeated.ShouldHaveSingleItem().ShouldBe(new RepeatedDisclosure("agency", "PATSFTY", LegalBases.MandatedReport, DateTimeOffset.Parse("2025-01-01T00:00:00Z"), 2, DateTimeOffset.Parse("2025-03-01T00:00:00Z")));
    }

    [Fact]
    public void a_denied_amendment_needs_words_and_may_be_disagreed_with()
    {
        new DecideAmendmentValidator().ShouldBeInvalid(new DecideAmendment("am-1", false, "accurate-and-complete"), "Explanation");
        var requested = new AmendmentRequested("am-1", Some.Client, "progress-notes", "That was in May.", Some.Now.AddDays(60));
        Spec.Given<Amendment>().When(new RequestAmendment("am-1", Some.Client, "progress-notes", "That was in May."), RequestAmendmentAggregateHandler.Handle, Spec.ClientActor)
            .Then(requested);
        var disagree = new StateDisagreement("am-1", "It was in May.");
        Spec.Given<Amendment>(requested).When(disagree, StateDisagreementAggregateHandler.Handle, Spec.ClientActor).ThenViolates("amendment_not_denied", "amendmentId");
        Spec.Given<Amendment>(requested, new AmendmentDecided("am-1", Some.Client, false, "accurate-and-complete", "sup-1", "The note says June."))
            .When(disagree, StateDisagreementAggregateHandler.Handle, Spec.ClientActor).Then(new DisagreementStated("am-1", Some.Client, "It was in May."));
    }
}

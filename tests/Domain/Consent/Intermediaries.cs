using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;
using Public = Clinic.Contracts.Consent.OnwardDisclosureReported;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>A client may let an intermediary give records on, to participants by name or to all who treat the client, and is told to whom it did.</summary>
public sealed class Intermediaries
{
    private static readonly Actor Exchange = new("north.exchange", Roles.ClinicSystem, "north");
    private static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");
    private static readonly RecipientRegistered Registered = new("exchange", "County Exchange", "2 Quay Street", "north.exchange", Intermediary: true);
    private static readonly ParticipantReported Hospital = new("exchange", "hospital", "St Mary", new(2026, 1, 1));
    private static readonly Recipient Known = Spec.Fold<Recipient>(Registered, Hospital)!;

    private static readonly ReportOnwardDisclosure Report =
        new("on-1", Some.Client, "exchange", "hospital", Some.Now.AddHours(-1), "Two measures", true);

    private static ConsentScope To(string recipient = "exchange", params string[]? onward) =>
        new(ScopeKinds.Disclosure, Disclosure: new DisclosureScope(recipient, "TREAT", ["measures"], [], Onward: onward));

    private static ClientConsents Agreed(ConsentScope scope, params object[] later) =>
        Spec.Fold<ClientConsents>([Some.Proposed("d", scope), Some.Granted("d", [scope], Some.Now.AddDays(-1)), .. later])!;

    private static readonly OnwardDisclosureReported Told = new(
        "on-1", Some.Client, "exchange", "County Exchange", "hospital", "St Mary", Report.At, "Two measures", "TREAT", "d", 2, "north.exchange");

    private static Outcome Reporting(ReportOnwardDisclosure report, ClientConsents? consents, Actor? by = null, Recipient? intermediary = null, params object[] before) =>
        Spec.Given<OnwardDisclosure>(before).When(report, ReportOnwardDisclosureAggregateHandler.Handle, new OnwardFacts(by ?? Exchange, consents, intermediary ?? Known));

    private static string? Flag(ReportOnwardDisclosure report, ClientConsents consents) => ((OnwardDisclosureReported)Reporting(report, consents).Events.Single()).ReasonCode;

    [Fact]
    public void an_intermediary_says_who_takes_part_and_changes_it()
    {
        var report = new ReportParticipant("exchange", "hospital", "St Mary", new(2026, 1, 1));
        Spec.Given<Recipient>(Registered).When(report, ReportParticipantAggregateHandler.Handle, Exchange).Then(Hospital);
        Spec.Given<Recipient>(Registered, Hospital).When(report, ReportParticipantAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<Recipient>(Registered, Hospital).When(report with { Until = new(2026, 2, 1) }, ReportParticipantAggregateHandler.Handle, Exchange)
            .Then(Hospital with { Until = new(2026, 2, 1) });
        // another clinic's system, and a recipient that is no intermediary, look like none
        Spec.Given<Recipient>(Registered).When(report, ReportParticipantAggregateHandler.Handle, Spec.Ehr).ThenViolates("intermediary_unknown", "intermediaryId");
        Spec.Given<Recipient>(Registered with { Intermediary = null }).When(report, ReportParticipantAggregateHandler.Handle, Exchange).ThenViolates("intermediary_unknown");
        new ReportParticipantValidator().ShouldBeInvalid(report with { Until = new(2025, 12, 31) }, "Until");
        new ReportParticipantValidator().ShouldBeInvalid(report with { ParticipantId = "treating-providers" }, "ParticipantId");
    }

    [Fact]
    public void a_recipient_never_becomes_an_intermediary_nor_stops_being_one()
    {
        var register = new RegisterRecipient("exchange", "County Exchange", "2 Quay Street", "north.exchange");
        Spec.Given<Recipient>(Registered).When(register, RegisterRecipientAggregateHandler.Handle, Spec.Operator).ThenViolates("recipient_kind_fixed", "intermediary");
        Spec.Given<Recipient>(Some.HarbourRegistered).When(new RegisterRecipient("harbour", "Harbour Clinic", "1 Quay Street", "north.harbour", Intermediary: true),
            RegisterRecipientAggregateHandler.Handle, Spec.Operator).ThenViolates("recipient_kind_fixed");
        Spec.Given<Recipient>(Registered, Hospital).When(register with { Intermediary = true }, RegisterRecipientAggregateHandler.Handle, Spec.Operator).ThenNothing();
    }

    [Fact]
    public void a_general_designation_needs_an_intermediary_and_an_intermediary_under_part_2_needs_to_know_to_whom()
    {
        var part2 = Spec.Fold<ConsentDocument>(new DocumentPublished("doc-1", 2, "en-GB", DocumentTypes.Part2Consent, "Everything.", Some.Hash,
            [.. DocumentElements.All.Select(e => new ElementPassage(e, "Everything."))], ReconsentPolicies.None));
        Outcome Proposing(ConsentScope scope, Recipient? recipient, ConsentDocument? text = null) => Spec.Given<ClientConsents>().When(
            new ProposeConsent(Some.Client, "d", Some.Document, [scope]), ProposeConsentAggregateHandler.Handle,
            new ProposalFacts(Spec.Therapist, text ?? part2, recipient is null ? [] : [recipient]));
        Proposing(To(onward: "treating-providers"), Known).Events.Length.ShouldBe(1);
        Proposing(To(onward: "hospital"), Known).Events.Length.ShouldBe(1);
        Proposing(To("harbour", "treating-providers"), Some.Harbour).ThenViolates("intermediary_needed", "scopes");
        Proposing(To(onward: "treating-providers"), null).ThenViolates("intermediary_needed");
        Proposing(To(onward: "stranger"), Known).ThenViolates("participant_unknown", "scopes");
        Proposing(To(onward: null), Known).ThenViolates("participants_missing", "scopes");
        Proposing(To(onward: null), Known, Some.Texts).Events.Length.ShouldBe(1);

        var validator = new DisclosureScopeValidator();
        validator.ShouldBeInvalid(To(onward: ["treating-providers", "hospital"]).Disclosure!, "Onward");
        validator.ShouldBeInvalid(Some.Deny().Disclosure! with { Onward = ["hospital"] }, "Onward");
    }

    [Fact]
    public void under_a_part_2_consent_that_says_nothing_of_participants_nothing_leaves_for_an_intermediary()
    {
        Directive Under(string type, string[]? onward) =>
            Spec.Fold<ClientConsents>(Some.Proposed("d", To(onward: onward)) with { DocumentType = type })!.Directives.Single();
        Known.IsNamedWhollyBy(Under(DocumentTypes.Part2Consent, null)).ShouldBeFalse();
        Known.IsNamedWhollyBy(Under(DocumentTypes.Part2Consent, ["treating-providers"])).ShouldBeTrue();
        Known.IsNamedWhollyBy(Under(DocumentTypes.HipaaAuthorization, null)).ShouldBeTrue();
        Some.Harbour.IsNamedWhollyBy(Under(DocumentTypes.Part2Consent, null)).ShouldBeTrue();

        // registered as an intermediary after it had been named
        var consents = Spec.Fold<ClientConsents>(Some.Proposed(Some.Directive, Some.Sharing) with { DocumentType = DocumentTypes.Part2Consent }, Some.Granted(Some.Directive, [Some.Sharing]));
        var facts = new ReleaseFacts(Spec.Service, consents, Some.Harbour with { Intermediary = true }, Some.Hash, "Two session summaries", ["MH"],
            Notice: "notice", ConsentCopyHash: Some.Hash, Under: new(Some.Directive, 2, Some.Harbour.PublicKey!));
        Spec.Given<Disclosure>(Some.Requested, Some.Permitted).When(new ReleaseDisclosure("disc-1"), ReleaseDisclosureAggregateHandler.Handle, facts).ThenViolates("participants_missing");
    }

    [Fact]
    public void what_it_gave_on_is_on_record_once()
    {
        var consents = Agreed(To(onward: "treating-providers"));
        Reporting(Report, consents).Then(Told);
        Reporting(Report, consents, before: Told).ThenNothing();
        Reporting(Report with { Description = "Everything" }, consents, before: Told).ThenViolates("onward_exists", "onwardId");
        Reporting(Report, consents, Supervisor).Then(Told with { ReportedBy = "sup-1" });
        Reporting(Report, consents, Spec.Ehr).ThenViolates("intermediary_unknown", "intermediaryId");
        Reporting(Report with { At = Some.Now.AddTicks(1) }, consents).ThenViolates("in_future", "at");
        Reporting(Report with { ParticipantId = "stranger" }, consents).ThenViolates("participant_unknown", "participantId");
        // whoever is not known and whoever never named it get one answer
        Reporting(Report, null).ThenViolates("client_unknown", "clientId");
        Reporting(Report, Agreed(To("harbour"))).ThenViolates("client_unknown", "clientId");
    }

    [Fact]
    public void what_should_not_have_happened_is_taken_and_flagged()
    {
        Flag(Report, Agreed(To(onward: "treating-providers"))).ShouldBeNull();
        Flag(Report with { TreatingProvider = false }, Agreed(To(onward: "treating-providers"))).ShouldBe(Public.NotTreating);
        // named is named, whether or not it treats
        Flag(Report with { TreatingProvider = false }, Agreed(To(onward: "hospital"))).ShouldBeNull();
        Flag(Report, Agreed(To(onward: null))).ShouldBe(Public.NotConsented);
        Flag(Report, Agreed(To(onward: "hospital"), Some.Withdrawn("d", effectiveAt: Report.At))).ShouldBe(Public.NotConsented);
        Flag(Report, Agreed(To(onward: "hospital"), Some.Withdrawn("d", effectiveAt: Report.At.AddTicks(1)))).ShouldBeNull();
        ((OnwardDisclosureReported)Reporting(Report, Agreed(To(onward: "hospital")), intermediary: Known.Apply(Hospital with { Until = new(2026, 3, 1) })).Events.Single())
            .ReasonCode.ShouldBe(Public.NotAParticipant);
    }

    [Fact]
    public void the_list_is_due_within_thirty_days_and_is_asked_for_in_writing()
    {
        var ask = new RequestAccounting("l-1", Some.Client, AccountingRegimes.Intermediary);
        var asked = new AccountingRequested("l-1", Some.Client, AccountingRegimes.Intermediary, Some.Now.AddDays(30), false);
        Spec.Given<Accountings>().When(ask, RequestAccountingAggregateHandler.Handle, Spec.ClientActor).Then(asked);
        Spec.Given<Accountings>().When(ask, RequestAccountingAggregateHandler.Handle, Supervisor).ThenViolates("writing_needed", "statementHash");
        Spec.Given<Accountings>().When(ask with { StatementHash = Some.Hash }, RequestAccountingAggregateHandler.Handle, Supervisor).Then(asked with { StatementHash = Some.Hash });
        Spec.Fold<Accountings>(asked)!.Requests.Single().AskedAt.ShouldBe(Some.Now);
        Spec.Given<Accountings>(asked).When(new ExtendAccounting("l-1", Some.Client, "much to do"), ExtendAccountingAggregateHandler.Handle, Supervisor)
            .ThenViolates("term_fixed", "requestId");
    }

    [Fact]
    public void the_list_shows_three_years_of_what_was_given_on_and_nothing_else_does_but_everything()
    {
        LedgerEntry Entry(string id, string at, bool onward) => new(id, DateTimeOffset.Parse(at), "exchange", "TREAT", LegalBases.Consent, "measures", Onward: onward);
        var asked = new DateTimeOffset(2026, 6, 30, 15, 0, 0, TimeSpan.Zero);
        LedgerEntry[] ledger =
        [
            Entry("too-old", "2023-06-29T23:59:59Z", true), Entry("first-day", "2023-06-30T00:00:00Z", true), Entry("ours", "2025-01-01T00:00:00Z", false),
            Entry("last", "2026-06-30T15:00:00Z", true), Entry("later", "2026-06-30T15:00:01Z", true)
        ];
        string[] Shown(string regime) =>
            [.. ledger.Where(e => AccountingRegime.Shows(new AccountingRequest("a", regime, asked, asked, false), e, [], asked)).Select(e => e.DisclosureId)];
        Shown(AccountingRegimes.Intermediary).ShouldBe(["first-day", "last"]);
        Shown(AccountingRegimes.Part2).ShouldBe(["ours"]);
        Shown(AccountingRegimes.Hipaa).ShouldBeEmpty();
        Shown(AccountingRegimes.Everything).ShouldBe(["too-old", "first-day", "ours", "last"]);
    }
}

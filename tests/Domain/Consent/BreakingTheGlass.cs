using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class BreakingTheGlass
{
    private static readonly BreakGlass Break = new("acc-1", Some.Client, EmergencyReasons.SuicideRisk, "Found unconscious.");
    private static readonly EmergencyGroup Group = EmergencyGroup.Create(new EmergencyUserAuthorised(Spec.Therapist.Id));
    private static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");
    private static readonly DateTimeOffset End = Some.Now.AddHours(4);

    private static readonly EmergencyAccessGranted Granted =
        new("acc-1", Some.Client, Spec.Therapist.Id, EmergencyReasons.SuicideRisk, "Found unconscious.", End, 72 * 3600, Some.Now);

    private static readonly EmergencyAccessClosed Closed = new("acc-1", Some.Client, "time", End, End.AddHours(72));

    private static BreakGlassFacts Facts(params ConsentScope[] scopes) => new(Spec.Therapist,
        scopes.Length == 0 ? null : Spec.Fold<ClientConsents>(Some.Proposed(scopes: scopes), Some.Granted(scopes: scopes)), Group, new ConsentPolicy());

    [Fact, Trait("Scenario", "T33")]
    public void a_member_with_a_reason_sees_the_record_for_four_hours() =>
        Spec.Given<EmergencyAccess>().When(Break, BreakGlassAggregateHandler.Handle, Facts()).Then(Granted);

    [Fact, Trait("Scenario", "T33")]
    public void a_denial_of_treatment_purposes_does_not_bar_an_emergency() =>
        Spec.Given<EmergencyAccess>().When(Break, BreakGlassAggregateHandler.Handle, Facts(Some.Deny("any", "TREAT"), Some.Deny("any"))).Then(Granted);

    [Fact, Trait("Scenario", "T32")]
    public void whoever_is_not_a_member_is_refused_and_the_attempt_is_on_record()
    {
        var decided = Spec.Given<EmergencyAccess>()
            .When(Break, BreakGlassAggregateHandler.Handle, Facts(Some.Sharing) with { Group = null }).Events;
        decided[0].ShouldBeOfType<EmergencyAccessDenied>().DenialCode.ShouldBe("not_authorised");
        decided[1].ShouldBeOfType<RuleViolation>().Code.ShouldBe("not_authorised");
    }

    [Fact]
    public void a_denial_by_its_own_name_is_honoured() =>
        Spec.Given<EmergencyAccess>().When(Break, BreakGlassAggregateHandler.Handle, Facts(Some.Deny("any", "BTG"))).Events
            .OfType<RuleViolation>().Single().Code.ShouldBe("emergency_access_denied");

    [Fact]
    public void a_linked_records_denial_counts_like_the_clients_own()
    {
        var linked = Spec.Fold<ClientConsents>(
            Some.Proposed(scopes: Some.Deny("any", "BTG")) with { ClientId = "client-2" },
            Some.Granted(scopes: [Some.Deny("any", "BTG")]) with { ClientId = "client-2" })!;
        Spec.Given<EmergencyAccess>().When(Break, BreakGlassAggregateHandler.Handle, Facts() with { Linked = [linked] }).Events
            .OfType<RuleViolation>().Single().Code.ShouldBe("emergency_access_denied");
        Look("attendance", linked).Refusal.ShouldNotBeNull();
    }

    private static EmergencyReach Look(string category, params ClientConsents?[] records) =>
        EmergencyReach.Of(records, category, new(2026, 1, 1), new(2026, 2, 28), Some.Now);

    [Fact]
    public void a_denial_for_a_category_or_a_label_bars_that_and_nothing_else()
    {
        ConsentScope[] scopes = [Some.Deny("any", "BTG", categories: "messages"), Some.Deny("any", "BTG", sensitivity: "HIV"), Some.Deny("any", "TREAT")];
        Spec.Given<EmergencyAccess>().When(Break, BreakGlassAggregateHandler.Handle, Facts(scopes)).Then(Granted);
        var consents = Facts(scopes).Consents;
        Look("messages", consents).Refusal.ShouldNotBeNull();
        var reach = Look("attendance", consents);
        (reach.Refusal, reach.Labels.Contains("HIV"), reach.Labels.Contains("SUD")).ShouldBe((null, false, true));
        Look("attendance", (ClientConsents?)null).Labels.ShouldContain("HIV");
        Look("attendance", (ClientConsents?)null).Labels.ShouldNotContain("PSYTHPN");
    }

    [Fact]
    public void a_denial_made_after_the_grant_bars_the_next_look() => Look("attendance", Facts(Some.Deny("any", "BTG")).Consents).Refusal.ShouldNotBeNull();

    [Fact, Trait("Scenario", "T32")]
    public void what_was_refused_once_is_refused_when_it_is_sent_again()
    {
        var denied = (EmergencyAccessDenied)Spec.Given<EmergencyAccess>().When(Break, BreakGlassAggregateHandler.Handle, Facts() with { Group = null }).Events[0];
        Spec.Given<EmergencyAccess>(denied).When(Break, BreakGlassAggregateHandler.Handle, Facts()).ThenViolates("not_authorised", "accessId");
    }

    [Fact]
    public void it_lets_its_user_in_until_its_end_and_nobody_else()
    {
        var access = EmergencyAccess.Create(Granted);
        access.LetsIn(Spec.Therapist.Id, End.AddTicks(-1)).ShouldBeTrue();
        access.LetsIn(Spec.Therapist.Id, End).ShouldBeFalse();
        access.LetsIn("sup-1", Some.Now).ShouldBeFalse();
        access.Apply(Closed).LetsIn(Spec.Therapist.Id, Some.Now).ShouldBeFalse();
    }

    [Fact]
    public void it_closes_at_its_own_end_however_late_the_deadline_comes() =>
        Spec.Given<EmergencyAccess>(Granted)
            .When(new CloseEmergencyAccess("acc-1"), CloseEmergencyAccessAggregateHandler.Handle, Spec.Service, End.AddMinutes(7)).Then(Closed);

    [Fact]
    public void its_user_may_close_it_before() =>
        Spec.Given<EmergencyAccess>(Granted)
            .When(new CloseEmergencyAccess("acc-1"), CloseEmergencyAccessAggregateHandler.Handle, Spec.Therapist, Some.Now.AddHours(1))
            .Then(new EmergencyAccessClosed("acc-1", Some.Client, "user", Some.Now.AddHours(1), Some.Now.AddHours(73)));

    [Fact, Trait("Scenario", "T34")]
    public void nobody_reviews_an_access_of_their_own() =>
        Spec.Given<EmergencyAccess>(Granted, Closed)
            .When(new ReviewEmergencyAccess("acc-1", "justified", false), ReviewEmergencyAccessAggregateHandler.Handle,
                new ReviewFacts(Spec.Therapist with { Role = Roles.Supervisor }, null)).ThenViolates("reviewer_is_user", "accessId");

    [Fact]
    public void reviewed_by_somebody_else_the_client_is_informed_unless_that_is_harmful()
    {
        var given = Spec.Given<EmergencyAccess>(Granted, Closed);
        given.When(new ReviewEmergencyAccess("acc-1", "justified", false), ReviewEmergencyAccessAggregateHandler.Handle, new ReviewFacts(Supervisor, "fr"))
            .Then(new EmergencyAccessReviewed("acc-1", Some.Client, "sup-1", "justified", false), new ClientInformed("acc-1", Some.Client),
                new NotificationWanted("informed-acc-1", Some.Client, "client:" + Some.Client, "something-new", "fr", Some.Now.AddDays(30), "acc-1"));
        given.When(new ReviewEmergencyAccess("acc-1", "unjustified", true, "curiosity"), ReviewEmergencyAccessAggregateHandler.Handle, new ReviewFacts(Supervisor, "fr"))
            .Then(new EmergencyAccessReviewed("acc-1", Some.Client, "sup-1", "unjustified", true, "curiosity"));
    }

    [Fact]
    public void an_open_access_is_not_reviewed() =>
        Spec.Given<EmergencyAccess>(Granted)
            .When(new ReviewEmergencyAccess("acc-1", "justified", false), ReviewEmergencyAccessAggregateHandler.Handle, new ReviewFacts(Supervisor, "fr")).ThenViolates("access_open", "accessId");

    [Fact, Trait("Scenario", "T35")]
    public void a_review_that_is_late_is_escalated_once()
    {
        var due = End.AddHours(72);
        var escalated = new EmergencyReviewOverdue("acc-1", Some.Client, due);
        var given = Spec.Given<EmergencyAccess>(Granted, Closed);
        given.When(new EscalateReview("acc-1"), EscalateReviewAggregateHandler.Handle, Spec.Service, due.AddTicks(-1)).ThenNothing();
        given.When(new EscalateReview("acc-1"), EscalateReviewAggregateHandler.Handle, Spec.Service, due.AddHours(5)).Then(
            escalated,
            new NotificationWanted("overdue-acc-1", Some.Client, ConsentPolicy.Reviewers, "review-waiting", "en", due.AddHours(5).AddDays(30), "acc-1"));
        Spec.Given<EmergencyAccess>(Granted, Closed, escalated)
            .When(new EscalateReview("acc-1"), EscalateReviewAggregateHandler.Handle, Spec.Service, due.AddHours(6)).ThenNothing();
    }

    private static readonly RecordEmergencyDisclosure Told = new(
        "disc-9", "acc-1", "Dr Gull", "Harbour Hospital", "Overdose", "Current medication", Some.Now.AddMinutes(10));

    [Fact, Trait("Scenario", "T36")]
    public void an_emergency_disclosure_without_its_facility_is_refused_by_name()
    {
        var validator = new RecordEmergencyDisclosureValidator();
        validator.Validate(Told).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Told with { Facility = "" }, "Facility");
        validator.ShouldBeInvalid(Told with { RecipientName = " " }, "RecipientName");
        validator.ShouldBeInvalid(Told with { NatureOfEmergency = "" }, "NatureOfEmergency");
        validator.ShouldBeInvalid(Told with { At = default }, "At");
    }

    [Fact]
    public void what_was_told_is_noted_by_who_had_the_access_and_only_within_it()
    {
        var given = Spec.Given<EmergencyAccess>(Granted, Closed);
        given.When(Told, RecordEmergencyDisclosureAggregateHandler.Handle, Spec.Therapist, End.AddHours(1)).Events.Single()
            .ShouldBeOfType<EmergencyDisclosureMade>().Discloser.ShouldBe(Spec.Therapist.Id);
        given.When(Told, RecordEmergencyDisclosureAggregateHandler.Handle, Supervisor, End).ThenViolates("access_unknown", "accessId");
        given.When(Told with { At = Some.Now.AddSeconds(-59) }, RecordEmergencyDisclosureAggregateHandler.Handle, Spec.Therapist, End).Events.Length.ShouldBe(1);
        given.When(Told with { At = Some.Now.AddMinutes(-1) }, RecordEmergencyDisclosureAggregateHandler.Handle, Spec.Therapist, End).ThenViolates("outside_access", "at");
        Spec.Given<EmergencyAccess>(Granted, Closed with { At = Some.Now.AddMinutes(9) })
            .When(Told, RecordEmergencyDisclosureAggregateHandler.Handle, Spec.Therapist, End).ThenViolates("outside_access", "at");
        given.When(Told with { At = End }, RecordEmergencyDisclosureAggregateHandler.Handle, Spec.Therapist, End.AddHours(1)).ThenViolates("outside_access", "at");
    }
}

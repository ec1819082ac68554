using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>The engine beyond a single permit: denials, labels, linked records, other bases.</summary>
public sealed class DenialsAndLabels
{
    private static readonly ConsentScope Wide = Some.Sharing with { Disclosure = Some.ToHarbour with { Sensitivity = ["MH", "SUD", "PSYTHPN"] } };

    private static ClientConsents Consents(params ConsentScope[] scopes) => ConsentsOf(Some.Client, scopes);

    private static ClientConsents ConsentsOf(string client, params ConsentScope[] scopes) => Spec.Fold<ClientConsents>(
    [
        .. scopes.SelectMany((scope, i) => new object[]
        {
            Some.Proposed($"d{i}", scope) with { ClientId = client },
            Some.Granted($"d{i}", [scope]) with { ClientId = client }
        })
    ])!;

    private static DisclosureDecision Decide(ClientConsents? consents, DisclosureRequested? request = null, params ClientConsents[] linked) =>
        DisclosureDecision.Evaluate(consents, request ?? Some.Requested, Some.Now, linked);

    [Fact]
    public void a_denial_beats_every_permit_and_says_so()
    {
        var decision = Decide(Consents(Some.Sharing, Some.Deny()));
        decision.ReasonCode.ShouldBe("explicitly_denied");
        decision.Directive!.Id.ShouldBe("d1");
        decision.Because.ShouldHaveSingleItem().ShouldContain("beats every permit");
    }

    [Fact]
    public void a_denial_that_is_over_denies_nothing()
    {
        var consents = Consents(Some.Sharing, Some.Deny());
        Decide(consents.Apply(Some.Withdrawn("d1", scopes: [Some.Deny()]))).IsPermitted.ShouldBeTrue();
    }

    [Fact]
    public void a_denial_of_something_else_denies_nothing_here()
    {
        Decide(Consents(Some.Sharing, Some.Deny(recipient: "pier"))).IsPermitted.ShouldBeTrue();
        Decide(Consents(Some.Sharing, Some.Deny(purpose: "HPAYMT"))).IsPermitted.ShouldBeTrue();
        Decide(Consents(Some.Sharing, Some.Deny(categories: "measures"))).IsPermitted.ShouldBeTrue();
        Decide(Consents(Some.Sharing, Some.Deny(categories: "summaries"))).IsPermitted.ShouldBeFalse();
    }

    [Fact]
    public void an_agreed_restriction_is_a_denial_and_a_refused_one_is_none()
    {
        var asked = Consents(Some.Sharing).Apply(new RestrictionRequested(Some.Client, "r", "Please not.", [Some.Deny().Disclosure!]));
        Decide(asked).IsPermitted.ShouldBeTrue();
        Decide(asked.Apply(new RestrictionDecided(Some.Client, "r", false, "required-by-law"))).IsPermitted.ShouldBeTrue();
        Decide(asked.Apply(new RestrictionDecided(Some.Client, "r", true, "agreed"))).ReasonCode.ShouldBe("explicitly_denied");
    }

    [Fact, Trait("Scenario", "T20")]
    public void what_is_not_listed_is_redacted()
    {
        LabelledItem[] record = [new(["MH"]), new(["SUD"]), new([])];
        var decision = Decide(Consents(Some.Sharing));
        decision.Labels.ShouldBe(["MH"]);
        decision.Redacts(record).ShouldBe(["SUD"]);
        decision.Outcome(record).ShouldBe("redact");
        decision.Outcome([new(["MH"])]).ShouldBe("permit");
    }

    [Fact]
    public void what_the_client_does_not_share_is_redacted_whatever_its_labels() =>
        Decide(Consents(Some.Sharing)).Redacts([new(["MH"], SharingLevels.CareTeam), new([], SharingLevels.Disclosable)]).ShouldBe(["NOAUTH"]);

    [Fact]
    public void a_denied_label_stays_behind_and_the_rest_goes() =>
        Decide(Consents(Wide, Some.Deny(sensitivity: "SUD"))).Labels.ShouldBe(["MH"]);

    [Fact, Trait("Scenario", "T18")]
    public void psychotherapy_notes_never_leave_by_category() => Decide(Consents(Wide)).Labels.ShouldNotContain("PSYTHPN");

    [Fact, Trait("Scenario", "T57")]
    public void of_linked_records_each_may_deny_and_none_may_add()
    {
        var other = ConsentsOf("client-2", Some.Deny(recipient: "any", sensitivity: "SUD"));
        Decide(Consents(Wide), null, other).Labels.ShouldBe(["MH"]);
        Decide(Consents(Wide), null, ConsentsOf("client-2", Some.Sharing)).Labels.ShouldBe(["MH"]);
        Decide(Consents(Some.Sharing), null, ConsentsOf("client-2", Wide)).Labels.ShouldBe(["MH"]);
        Decide(Consents(Some.Treatment), null, ConsentsOf("client-2", Wide)).IsPermitted.ShouldBeFalse();
        Decide(Consents(Wide), null, ConsentsOf("client-2", Some.Deny())).ReasonCode.ShouldBe("linked_record_denies");
        var refused = Spec.Fold<ClientConsents>(
            Some.Proposed("d0", Wide) with { ClientId = "client-2" }, Some.Refused("d0") with { ClientId = "client-2" })!;
        Decide(Consents(Wide), null, refused).ReasonCode.ShouldBe("linked_record_denies");
        Decide(Consents(Wide), null, ConsentsOf("client-2", Some.Treatment)).IsPermitted.ShouldBeTrue();
        var withdrawn = ConsentsOf("client-2", Wide).Apply(Some.Withdrawn("d0", scopes: [Wide]) with { ClientId = "client-2" });
        Decide(Consents(Wide), null, withdrawn).ReasonCode.ShouldBe("linked_record_denies");
    }

    [Fact, Trait("Scenario", "T57")]
    public void what_was_entered_in_error_in_a_linked_record_has_no_say_and_hides_nothing()
    {
        var error = ConsentsOf("client-2", Wide).Apply(new ConsentEnteredInError("client-2", "d0", 3, [Wide], "another client's form"));
        Decide(Consents(Wide), null, error).IsPermitted.ShouldBeTrue();
        Decide(Consents(Wide), null, error.Apply(Some.Proposed("d1", Wide) with { ClientId = "client-2" }).Apply(Some.Refused("d1") with { ClientId = "client-2" }))
            .ReasonCode.ShouldBe("linked_record_denies");
    }

    [Fact, Trait("Scenario", "T60")]
    public void a_mandated_report_needs_no_consent_but_a_document()
    {
        var request = Some.Requested with { LegalBasis = LegalBases.MandatedReport, Labels = ["MH"], BasisReference = "report-1" };
        Decide(null, request).IsPermitted.ShouldBeTrue();
        Decide(Consents(Some.Deny()), request).IsPermitted.ShouldBeTrue();
        Decide(null, request with { BasisReference = null }).ReasonCode.ShouldBe("basis_insufficient");
    }

    [Fact, Trait("Scenario", "T61")]
    public void a_subpoena_alone_opens_no_addiction_record_and_a_court_order_does()
    {
        var request = Some.Requested with { LegalBasis = LegalBases.Subpoena, Labels = ["MH", "SUD"], BasisReference = "subpoena-1" };
        Decide(null, request).ReasonCode.ShouldBe("basis_insufficient");
        Decide(null, request with { Labels = ["MH"] }).Labels.ShouldBe(["MH"]);
        Decide(null, request with { LegalBasis = LegalBases.CourtOrder }).Labels.ShouldBe(["MH", "SUD"]);
        Decide(null, request with { LegalBasis = LegalBases.SeriousThreat }).ReasonCode.ShouldBe("basis_insufficient");
    }

    [Fact]
    public void every_answer_says_why()
    {
        Decide(Consents(Some.Sharing)).Because.ShouldContain(text => text.Contains("Directive d0, version 2", StringComparison.Ordinal));
        Decide(null).Because.ShouldNotBeEmpty();
        Decide(Consents(Some.Sharing), Some.Requested with { Purpose = "BTG" }).Because.Single().ShouldContain("never widened");
    }

    [Fact]
    public void what_was_entered_in_error_never_allowed_anything()
    {
        var consents = Consents(Some.Sharing).Apply(new ConsentEnteredInError(Some.Client, "d0", 3, [Some.Sharing], "wrong client"));
        Decide(consents).ReasonCode.ShouldBe("consent_entered_in_error");
        DisclosureDecision.Evaluate(consents, Some.Requested, Some.Now.AddMinutes(1)).IsPermitted.ShouldBeFalse();
    }
}

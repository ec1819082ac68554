using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class EnrollingClients
{
    private static readonly EnrolmentFacts Facts = new(Spec.ClientActor, new IntakePolicy());
    private static readonly ClientRegistered Anonymous = Sample.Registered with { IdentityMode = IdentityModes.Anonymous };

    private static EnrolClient In(string category) => new("client-1", category);

    private static Outcome Asked(string category, params object[] events) => Spec.Given<Client>(events).When(In(category), EnrolClientAggregateHandler.Handle, Facts);

    [Fact, Trait("Scenario", "T1")]
    public void a_pseudonym_is_enough_for_education_and_for_self_guided_care()
    {
        Asked("education", Sample.Registered).Then(new ClientEnrolled("client-1", "education", "none"));
        Asked("self-guided", Sample.Registered).Then(new ClientEnrolled("client-1", "self-guided", "none"));
    }

    [Fact]
    public void an_anonymous_client_may_learn_and_no_more()
    {
        Asked("education", Anonymous).Then(new ClientEnrolled("client-1", "education", "none"));
        Refusal("self-guided", [Anonymous]).ShouldBe(("pseudonym_missing", "pseudonym"));
    }

    [Theory, Trait("Scenario", "T2")]
    [InlineData("peer-supported", "none", false)]
    [InlineData("peer-supported", "ial1", true)]
    [InlineData("therapist-supported", "ial1", false)]
    [InlineData("therapist-supported", "ial2", true)]
    [InlineData("therapist-supported", "ial3", true)]
    public void each_category_has_its_level_of_identity(string category, string level, bool enough)
    {
        object[] ready = [Sample.Registered, Sample.Plan, Sample.Decided with { Category = category }, .. Proofed(level)];
        if (enough) Asked(category, ready).Then(new ClientEnrolled("client-1", category, level));
        else Refusal(category, ready).ShouldBe(("identity_level_too_low", "identity"));
    }

    [Fact]
    public void a_clinic_may_ask_for_another_level()
    {
        var strict = Facts with { Policy = new IntakePolicy { IdentityLevels = new() { ["education"] = "ial1" } } };
        Spec.Given<Client>(Sample.Registered).When(In("education"), EnrolClientAggregateHandler.Handle, strict).Events.OfType<EnrolmentRefused>().Single()
            .FailedChecks.ShouldBe(["identity"]);
    }

    [Fact]
    public void human_supported_care_needs_a_decision_for_it_and_a_plan()
    {
        object[] proofed = [Sample.Registered, .. Proofed("ial2")];
        Refusal("therapist-supported", proofed).ShouldBe(("suitability_missing", "suitability emergency-plan"));
        Refusal("therapist-supported", [.. proofed, Sample.Plan, Sample.Decided with { Category = "peer-supported" }]).ShouldBe(("suitability_missing", "suitability"));
        Refusal("therapist-supported", [.. proofed, Sample.Plan, Sample.Decided with { Decision = "not-suitable" }]).ShouldBe(("suitability_missing", "suitability"));
        Refusal("therapist-supported", [.. proofed, Sample.Plan, Sample.Decided with { ReviewBy = new DateOnly(2026, 3, 1) }]).ShouldBe(("suitability_missing", "suitability"));
    }

    [Fact]
    public void an_open_risk_comes_first_except_before_knowledge()
    {
        Refusal("self-guided", [Sample.Registered, Sample.Alert]).ShouldBe(("risk_open", "open-risk"));
        Asked("education", Sample.Registered, Sample.Crisis).Then(new ClientEnrolled("client-1", "education", "none"));
    }

    [Fact]
    public void a_refusal_is_on_record_once()
    {
        object[] asked = [Anonymous, new EnrolmentRefused("client-1", "self-guided", ["pseudonym"])];
        Asked("self-guided", asked).ThenViolates("pseudonym_missing", "category");
    }

    [Fact]
    public void enrolling_twice_changes_nothing() => Asked("education", Sample.Registered, new ClientEnrolled("client-1", "education", "none")).ThenNothing();

    [Fact]
    public void every_bad_field_is_named() => new EnrolClientValidator().ShouldBeInvalid(In("robot"), "Category");

    private static object[] Proofed(string level) => level == "none"
        ? []
        : [new IdentityProofed("client-1", "proof-1", level, ProofingMethods.OnsiteAttended, "evidence-1", Spec.Now.AddYears(1))];

    private static (string Code, string Checks) Refusal(string category, object[] events)
    {
        var happened = Asked(category, events).Events;
        return (happened.OfType<RuleViolation>().Single().Code, string.Join(' ', happened.OfType<EnrolmentRefused>().Single().FailedChecks));
    }
}

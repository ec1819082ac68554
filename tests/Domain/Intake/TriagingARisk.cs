using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class TriagingARisk
{
    private static readonly TriageRisk Command =
        new("client-1", "triage-1", "phq-9-item-9", RiskTiers.Low, Spec.Now.AddHours(4));

    [Fact]
    public void a_therapist_triages_a_risk() => Spec.Given<Client>(Sample.Registered)
        .When(Command, TriageRiskAggregateHandler.Handle, Spec.Therapist).Then(Sample.Triaged);

    [Fact]
    public void triaging_twice_changes_nothing_even_after_the_due_time() =>
        Spec.Given<Client>(Sample.Registered, Sample.Triaged)
        .When(Command, TriageRiskAggregateHandler.Handle, Spec.Therapist, Spec.Now.AddDays(1)).ThenNothing();

    [Fact]
    public void another_triage_under_the_same_id_is_refused() => Spec.Given<Client>(Sample.Registered, Sample.Triaged)
        .When(Command with { Tier = RiskTiers.High }, TriageRiskAggregateHandler.Handle, Spec.Therapist)
        .ThenViolates("triage_exists", "triageId");

    [Fact]
    public void only_a_clinician_may_triage()
    {
        foreach (var by in new[] { Spec.ClientActor, Spec.Ehr, Spec.Operator, Spec.Service })
            Spec.Given<Client>(Sample.Registered)
                .When(Command, TriageRiskAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void an_action_cannot_be_due_already() => Spec.Given<Client>(Sample.Registered)
        .When(Command with { ActionDueAt = Spec.Now }, TriageRiskAggregateHandler.Handle, Spec.Therapist)
        .ThenViolates("action_due_in_past", "actionDueAt");

    [Fact]
    public void a_client_nobody_registered_is_unknown() => Spec.Given<Client>()
        .When(Command, TriageRiskAggregateHandler.Handle, Spec.Therapist).ThenViolates("client_unknown", "clientId");

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new TriageRiskValidator();
        validator.Validate(Command).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Command with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Command with { TriageId = "T1" }, "TriageId");
        validator.ShouldBeInvalid(Command with { Source = "her sister told me" }, "Source");
        validator.ShouldBeInvalid(Command with { Tier = "severe" }, "Tier");
        validator.ShouldBeInvalid(Command with { ActionDueAt = DateTimeOffset.MinValue }, "ActionDueAt");
    }
}

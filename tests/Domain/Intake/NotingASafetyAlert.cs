using Clinic.Intake.Domain;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

public class NotingASafetyAlert
{
    private static readonly NoteSafetyAlert Command =
        new("client-1", "resp-1-phq-9-item-9", "phq-9-item-9", "resp-1", Spec.Now.AddHours(1));

    [Fact]
    public void an_alert_is_noted() => Spec.Given<Client>(Sample.Registered)
        .When(Command, NoteSafetyAlertAggregateHandler.Handle, Spec.Service).Then(Sample.Alert);

    [Fact]
    public void an_alert_about_a_client_nobody_registered_yet_is_kept() => Spec.Given<Client>()
        .When(Command, NoteSafetyAlertAggregateHandler.Handle, Spec.Service).Then(Sample.Alert);

    [Fact]
    public void an_alert_delivered_twice_is_noted_once() => Spec.Given<Client>(Sample.Registered, Sample.Alert)
        .When(Command, NoteSafetyAlertAggregateHandler.Handle, Spec.Service).ThenNothing();

    [Fact]
    public void only_a_reaction_notes_alerts()
    {
        foreach (var by in new[] { Spec.ClientActor, Spec.Ehr, Spec.Operator, Spec.Therapist })
            Spec.Given<Client>(Sample.Registered)
                .When(Command, NoteSafetyAlertAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new NoteSafetyAlertValidator();
        validator.Validate(Command).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Command with { ClientId = "" }, "ClientId");
        validator.ShouldBeInvalid(Command with { AlertId = "" }, "AlertId");
        validator.ShouldBeInvalid(Command with { RuleId = "" }, "RuleId");
        validator.ShouldBeInvalid(Command with { ResponseId = "" }, "ResponseId");
        validator.ShouldBeInvalid(Command with { DueAt = DateTimeOffset.MinValue }, "DueAt");
    }
}

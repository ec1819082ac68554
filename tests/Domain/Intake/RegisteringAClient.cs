using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class RegisteringAClient
{
    private static readonly RegisterClient Command =
        new("client-1", Routes.Self, IdentityModes.Pseudonymous, "25-34", "en", "GB", ["screen-reader"]);

    [Fact, Trait("Scenario", "T1")]
    public void a_self_registered_pseudonym_is_accepted_without_identity() => Spec.Given<Client>()
        .When(Command, RegisterClientAggregateHandler.Handle, Spec.ClientActor).Then(Sample.Registered);

    [Fact]
    public void a_referred_client_keeps_the_referral() => Spec.Given<Client>()
        .When(Command with { Route = Routes.Referral, ReferralId = "ref-1" }, RegisterClientAggregateHandler.Handle, Spec.Ehr)
        .Then(Sample.Registered with { Route = Routes.Referral, ReferralId = "ref-1" });

    [Fact]
    public void a_client_known_only_by_an_alert_is_registered() => Spec.Given<Client>(Sample.Alert)
        .When(Command, RegisterClientAggregateHandler.Handle, Spec.ClientActor).Then(Sample.Registered);

    [Fact]
    public void registering_twice_changes_nothing() => Spec.Given<Client>(Sample.Registered)
        .When(Command, RegisterClientAggregateHandler.Handle, Spec.ClientActor).ThenNothing();

    [Fact]
    public void another_client_under_the_same_id_is_refused()
    {
        foreach (var other in new[] { Command with { AgeBand = "35-44" }, Command with { Accessibility = [] } })
            Spec.Given<Client>(Sample.Registered)
                .When(other, RegisterClientAggregateHandler.Handle, Spec.ClientActor)
                .ThenViolates("client_exists", "clientId");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new RegisterClientValidator();
        validator.Validate(Command).IsValid.ShouldBeTrue();
        validator.Validate(Command with { Route = Routes.Referral, ReferralId = "ref-1" }).IsValid.ShouldBeTrue();
        validator.Validate(Command with { Language = "pt-BR", Region = "US-CA" }).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Command with { ClientId = "Jane Roe" }, "ClientId");
        validator.ShouldBeInvalid(Command with { Route = "walk-in" }, "Route");
        validator.ShouldBeInvalid(Command with { IdentityMode = "secret" }, "IdentityMode");
        validator.ShouldBeInvalid(Command with { AgeBand = "31" }, "AgeBand");
        validator.ShouldBeInvalid(Command with { Language = "English" }, "Language");
        validator.ShouldBeInvalid(Command with { Region = "Scotland" }, "Region");
        validator.ShouldBeInvalid(Command with { Accessibility = [.. Enumerable.Repeat("large-print", 11)] }, "Accessibility");
        validator.ShouldBeInvalid(Command with { Accessibility = ["cannot leave the house"] }, "Accessibility[0]");
        validator.ShouldBeInvalid(Command with { Route = Routes.Referral }, "ReferralId");
        validator.ShouldBeInvalid(Command with { ReferralId = "ref-1" }, "ReferralId");
    }
}

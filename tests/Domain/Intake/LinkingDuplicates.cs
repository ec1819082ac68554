using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class LinkingDuplicates
{
    private static readonly LinkClients Link = new("client-1", "client-2", "same-register-entry");
    private static readonly ClientRegistered Second = Sample.Registered with { ClientId = "client-2" };
    private static readonly ClientsLinked Told = new("client-1", "client-1", "client-2", "same-register-entry", "op-1");

    private static LinkingFacts With(params object[] duplicate) => new(Spec.Operator, Spec.Fold<Client>(duplicate));

    private static ForStream InTheOther(object e) => new("client-client-2", typeof(Client), e);

    [Fact, Trait("Scenario", "T57")]
    public void both_streams_are_told_and_kept() => Spec.Given<Client>(Sample.Registered)
        .When(Link, LinkClientsAggregateHandler.Handle, With(Second)).Then(Told, InTheOther(Told with { ClientId = "client-2" }));

    [Fact]
    public void linking_twice_changes_nothing() => Spec.Given<Client>(Sample.Registered, Told)
        .When(Link, LinkClientsAggregateHandler.Handle, With(Second, Told with { ClientId = "client-2" })).ThenNothing();

    [Fact]
    public void links_do_not_chain()
    {
        var elsewhere = Told with { Survivor = "client-3" };
        Spec.Given<Client>(Sample.Registered).When(Link, LinkClientsAggregateHandler.Handle, With(Second, elsewhere with { ClientId = "client-2" }))
            .ThenViolates("client_is_duplicate", "duplicate");
        Spec.Given<Client>(Sample.Registered, Told with { Survivor = "client-3", Duplicate = "client-1" })
            .When(Link, LinkClientsAggregateHandler.Handle, With(Second)).ThenViolates("client_is_duplicate", "survivor");
        Spec.Given<Client>(Sample.Registered).When(Link, LinkClientsAggregateHandler.Handle, With(Second, Told with { ClientId = "client-2", Survivor = "client-2", Duplicate = "client-4" }))
            .ThenViolates("client_has_duplicates", "duplicate");
    }

    [Fact]
    public void a_mistake_is_taken_back_in_both()
    {
        var undo = new UnlinkClients("client-1", "client-2", "two-people");
        var undone = new ClientsUnlinked("client-1", "client-1", "client-2", "two-people", "op-1");
        Spec.Given<Client>(Sample.Registered, Told).When(undo, UnlinkClientsAggregateHandler.Handle, With(Second, Told with { ClientId = "client-2" }))
            .Then(undone, InTheOther(undone with { ClientId = "client-2" }));
        Spec.Given<Client>(Sample.Registered, Told, undone).When(undo, UnlinkClientsAggregateHandler.Handle, With(Second)).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Told, undone).When(Link, LinkClientsAggregateHandler.Handle, With(Second)).Then(Told, InTheOther(Told with { ClientId = "client-2" }));
    }

    [Fact]
    public void both_must_be_known_and_only_staff_may_say_it()
    {
        Spec.Given<Client>(Sample.Registered).When(Link, LinkClientsAggregateHandler.Handle, With()).ThenViolates("client_unknown", "duplicate");
        Spec.Given<Client>(Sample.Registered).When(Link, LinkClientsAggregateHandler.Handle, With(Second) with { By = Spec.Therapist }).ThenViolates("role_not_permitted");
        new LinkClientsValidator().ShouldBeInvalid(Link with { Duplicate = "client-1" }, "Duplicate");
        new UnlinkClientsValidator().ShouldBeInvalid(new UnlinkClients("", "client-2", "two-people"), "Survivor");
    }
}

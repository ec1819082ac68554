using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class AssigningTherapists
{
    private static readonly AssignTherapist Assign = new("client-1", "ther-1");
    private static readonly ReleaseTherapist Release = new("client-1", "ther-1");
    private static readonly TherapistAssigned Assigned = new("client-1", "ther-1");
    private static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");

    private static AssignmentFacts By(Actor by) => new(by, Spec.Fold<Client>(Sample.Registered));

    [Fact]
    public void a_supervisor_or_an_operator_makes_somebody_the_therapist_of_record()
    {
        foreach (var by in new[] { Supervisor, Spec.Operator })
            Spec.Given<TherapistOfRecord>().When(Assign, AssignTherapistAggregateHandler.Handle, By(by)).Then(Assigned);
    }

    [Fact]
    public void nobody_gives_access_to_themselves()
    {
        foreach (var by in new[] { Spec.Therapist, Spec.ClientActor, Spec.Ehr, Spec.Service })
        {
            Spec.Given<TherapistOfRecord>().When(Assign, AssignTherapistAggregateHandler.Handle, By(by)).ThenViolates("role_not_permitted");
            Spec.Given<TherapistOfRecord>(Assigned).When(Release, ReleaseTherapistAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
        }
    }

    [Fact]
    public void a_successor_ends_the_predecessor_in_the_same_moment() => Spec.Given<TherapistOfRecord>(Assigned)
        .When(Assign with { PractitionerId = "ther-2" }, AssignTherapistAggregateHandler.Handle, By(Supervisor))
        .Then(new TherapistReleased("client-1", "ther-1"), new TherapistAssigned("client-1", "ther-2"));

    [Fact]
    public void the_same_again_changes_nothing() => Spec.Given<TherapistOfRecord>(Assigned)
        .When(Assign, AssignTherapistAggregateHandler.Handle, By(Supervisor)).ThenNothing();

    [Fact]
    public void a_client_must_be_registered() => Spec.Given<TherapistOfRecord>()
        .When(Assign, AssignTherapistAggregateHandler.Handle, new AssignmentFacts(Supervisor, null)).ThenViolates("client_unknown", "clientId");

    [Fact]
    public void who_is_released_is_it_no_more_and_may_be_it_again()
    {
        Spec.Given<TherapistOfRecord>(Assigned).When(Release, ReleaseTherapistAggregateHandler.Handle, Supervisor).Then(new TherapistReleased("client-1", "ther-1"));
        var between = new object[] { Assigned, new TherapistReleased("client-1", "ther-1") };
        Spec.Fold<TherapistOfRecord>(between)!.PractitionerId.ShouldBeNull();
        Spec.Given<TherapistOfRecord>(between).When(Release, ReleaseTherapistAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<TherapistOfRecord>(between).When(Assign, AssignTherapistAggregateHandler.Handle, By(Supervisor)).Then(Assigned);
    }

    [Fact]
    public void releasing_somebody_else_changes_nothing() => Spec.Given<TherapistOfRecord>(Assigned)
        .When(Release with { PractitionerId = "ther-2" }, ReleaseTherapistAggregateHandler.Handle, Supervisor).ThenNothing();

    [Fact]
    public void every_bad_field_is_named()
    {
        new AssignTherapistValidator().ShouldBeInvalid(Assign with { ClientId = "C 1" }, "ClientId");
        new AssignTherapistValidator().ShouldBeInvalid(Assign with { PractitionerId = "" }, "PractitionerId");
        new ReleaseTherapistValidator().ShouldBeInvalid(Release with { ClientId = "" }, "ClientId");
        new ReleaseTherapistValidator().ShouldBeInvalid(Release with { PractitionerId = "_" }, "PractitionerId");
    }
}

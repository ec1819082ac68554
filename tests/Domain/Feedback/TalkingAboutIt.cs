using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>Misunderstandings, boundaries, and supervision.</summary>
public class TalkingAboutIt
{
    private static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");
    private static readonly ReportMisinterpretation Report = new("con-1", "client-1", "I meant it as a joke.", MessageId: "m-1");
    private static readonly MisinterpretationReported Reported = new("con-1", "client-1", "sub-1", "I meant it as a joke.", "m-1");
    private static readonly BoundaryConcernRaised Boundary = new("con-2", "client-1", "sub-1", "Asked for my private number.", null, "s-1");

    [Fact, Trait("Scenario", "T44")]
    public void a_misunderstanding_is_linked_to_its_message_and_put_right()
    {
        Spec.Given<CommunicationConcern>().When(Report, ReportMisinterpretationAggregateHandler.Handle, Spec.ClientActor).Then(Reported);
        Spec.Given<CommunicationConcern>(Reported).When(Report, ReportMisinterpretationAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        var repair = new RepairConcern("con-1", "We talked it over.");
        var repaired = new ConcernRepaired("con-1", "client-1", "ther-1", "We talked it over.");
        Spec.Given<CommunicationConcern>(Reported).When(repair, RepairConcernAggregateHandler.Handle, Spec.Therapist).Then(repaired);
        Spec.Given<CommunicationConcern>(Reported, repaired).When(repair, RepairConcernAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<CommunicationConcern>(Reported, repaired).When(repair with { Action = "Other." }, RepairConcernAggregateHandler.Handle, Spec.Therapist).ThenViolates("concern_repaired");
        // what was meant is kept beside what was written
        Spec.Fold<CommunicationConcern>(Reported, repaired)!.About.ShouldBe("m-1");
    }

    [Fact]
    public void a_boundary_goes_to_supervision_and_not_to_the_therapist()
    {
        var raise = new RaiseBoundaryConcern("con-2", "client-1", "Asked for my private number.", SessionId: "s-1");
        var decided = Spec.Given<CommunicationConcern>().When(raise, RaiseBoundaryConcernAggregateHandler.Handle, new CourseFacts(Spec.ClientActor, new FeedbackPolicy())).Events;
        Spec.Json(decided[0]).ShouldBe(Spec.Json(Boundary));
        decided.OfType<ForStream>().Select(e => e.Event).OfType<SupervisionReviewRequested>().Single().Trigger.ShouldBe("boundary-concern");
        decided.OfType<ForStream>().Select(e => e.Event).OfType<NotificationRequested>().ShouldAllBe(n => n.Recipient == "staff:supervisor");
        Spec.Given<CommunicationConcern>(Boundary).When(new RepairConcern("con-2", "Talked."), RepairConcernAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
        Spec.Given<CommunicationConcern>(Boundary).When(new RepairConcern("con-2", "Talked."), RepairConcernAggregateHandler.Handle, Supervisor).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void a_review_is_completed_once_by_a_supervisor()
    {
        var requested = new SupervisionReviewRequested("rev-1", "client-1", "requested", "s-1", Spec.Now.AddDays(3));
        var facts = new CourseFacts(Spec.Therapist, new FeedbackPolicy());
        Spec.Given<SupervisionReview>().When(new RequestSupervision("rev-1", "client-1", "s-1"), RequestSupervisionAggregateHandler.Handle, facts).Events[0].ShouldBe(requested);
        Spec.Given<SupervisionReview>(requested).When(new RequestSupervision("rev-1", "client-1", "s-1"), RequestSupervisionAggregateHandler.Handle, facts).ThenNothing();
        var complete = new CompleteSupervision("rev-1", "step-up");
        var completed = new SupervisionReviewCompleted("rev-1", "client-1", "sup-1", "step-up");
        Spec.Given<SupervisionReview>(requested).When(complete, CompleteSupervisionAggregateHandler.Handle, Supervisor).Then(completed);
        Spec.Given<SupervisionReview>(requested, completed).When(complete, CompleteSupervisionAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<SupervisionReview>(requested, completed).When(complete with { Outcome = "continue" }, CompleteSupervisionAggregateHandler.Handle, Supervisor).ThenViolates("review_completed");
        Spec.Given<SupervisionReview>(requested).When(complete, CompleteSupervisionAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        new ReportMisinterpretationValidator().Validate(Report).IsValid.ShouldBeTrue();
        new ReportMisinterpretationValidator().ShouldBeInvalid(Report with { MessageId = null }, "SessionId");
        new ReportMisinterpretationValidator().ShouldBeInvalid(Report with { SessionId = "s-1" }, "SessionId");
        new ReportMisinterpretationValidator().ShouldBeInvalid(Report with { Description = "" }, "Description");
        new RaiseBoundaryConcernValidator().ShouldBeInvalid(new RaiseBoundaryConcern("C", "c", "x"), "ConcernId");
        new RepairConcernValidator().ShouldBeInvalid(new RepairConcern("con-1", ""), "Action");
        new CompleteSupervisionValidator().ShouldBeInvalid(new CompleteSupervision("rev-1", "whatever"), "Outcome");
    }
}

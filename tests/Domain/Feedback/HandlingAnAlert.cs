using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

public class HandlingAnAlert
{
    private const string AlertId = "resp-1-phq-9-item-9";
    private static readonly SafetyAlertRaised Raised =
        new(AlertId, "client-1", "phq-9-item-9", "resp-1", Spec.Now.AddHours(1));
    private static readonly AlertAcknowledged Acknowledged = new(AlertId, "client-1", "ther-1");
    private static readonly AlertResolved Resolved = new(AlertId, "client-1", "ther-1", "Called the client.");
    private static readonly ForStream Closed = new("course-client-1", typeof(ClientCourse), new AlertClosed("client-1", AlertId));
    private static readonly AcknowledgeAlert Acknowledge = new(AlertId);
    private static readonly ResolveAlert Resolve = new(AlertId, "Called the client.");
    private static readonly Actor Peer = new("peer-1", Roles.PeerSupporter, "north");
    private static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");

    [Fact]
    public void a_therapist_takes_an_alert_on() => Spec.Given<AlertCase>(Raised)
        .When(Acknowledge, AcknowledgeAlertAggregateHandler.Handle, Spec.Therapist).Then(Acknowledged);

    [Fact]
    public void acknowledging_twice_or_late_changes_nothing()
    {
        Spec.Given<AlertCase>(Raised, Acknowledged)
            .When(Acknowledge, AcknowledgeAlertAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<AlertCase>(Raised, Acknowledged, Resolved)
            .When(Acknowledge, AcknowledgeAlertAggregateHandler.Handle, Supervisor).ThenNothing();
    }

    [Fact]
    public void an_acknowledged_alert_is_resolved() => Spec.Given<AlertCase>(Raised, Acknowledged)
        .When(Resolve, ResolveAlertAggregateHandler.Handle, Supervisor)
        .Then(new AlertResolved(AlertId, "client-1", "sup-1", "Called the client."), Closed);

    [Fact]
    public void resolving_at_once_acknowledges_on_the_way() => Spec.Given<AlertCase>(Raised)
        .When(Resolve, ResolveAlertAggregateHandler.Handle, Spec.Therapist).Then(Acknowledged, Resolved, Closed);

    [Fact]
    public void resolving_twice_changes_nothing() => Spec.Given<AlertCase>(Raised, Acknowledged, Resolved)
        .When(Resolve, ResolveAlertAggregateHandler.Handle, Spec.Therapist).ThenNothing();

    [Fact]
    public void resolving_otherwise_afterwards_is_refused() => Spec.Given<AlertCase>(Raised, Acknowledged, Resolved)
        .When(Resolve with { Action = "Nothing." }, ResolveAlertAggregateHandler.Handle, Spec.Therapist)
        .ThenViolates("alert_resolved", "alertId");

    [Fact, Trait("Scenario", "T46")]
    public void a_peer_supporter_may_neither_take_nor_close_a_safety_alert()
    {
        foreach (var by in new[] { Peer, Spec.ClientActor, Spec.Ehr, Spec.Operator, Spec.Service })
        {
            Spec.Given<AlertCase>(Raised)
                .When(Acknowledge, AcknowledgeAlertAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
            Spec.Given<AlertCase>(Raised)
                .When(Resolve, ResolveAlertAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
        }
    }

    [Fact]
    public void an_alert_nobody_raised_is_unknown()
    {
        Spec.Given<AlertCase>()
            .When(Acknowledge, AcknowledgeAlertAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("alert_unknown", "alertId");
        Spec.Given<AlertCase>()
            .When(Resolve, ResolveAlertAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("alert_unknown", "alertId");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        new AcknowledgeAlertValidator().Validate(Acknowledge).IsValid.ShouldBeTrue();
        new AcknowledgeAlertValidator().ShouldBeInvalid(new AcknowledgeAlert("A 1"), "AlertId");
        new ResolveAlertValidator().Validate(Resolve).IsValid.ShouldBeTrue();
        new ResolveAlertValidator().ShouldBeInvalid(Resolve with { AlertId = "" }, "AlertId");
        new ResolveAlertValidator().ShouldBeInvalid(Resolve with { Action = " " }, "Action");
        new ResolveAlertValidator().ShouldBeInvalid(Resolve with { Action = new string('a', 1001) }, "Action");
    }

    [Fact]
    public void what_rested_on_a_corrected_answer_has_nothing_to_resolve() => Spec.Given<AlertCase>(Raised, new AlertRetracted(AlertId, "client-1", "resp-2"))
        .When(Resolve, ResolveAlertAggregateHandler.Handle, Spec.Therapist).ThenViolates("alert_retracted", "alertId");

    [Fact]
    public void an_alert_by_hand_is_the_same_case_and_a_repeat_changes_nothing()
    {
        var command = new RaiseAlert("call-1", "client-1", "message-7", Urgent: true);
        var facts = new AlertFacts(Spec.Therapist, new FeedbackPolicy(), null, new RosterFacts([]));
        var raised = new SafetyAlertRaised("call-1", "client-1", "reported", "message-7", Spec.Now.AddHours(1));
        Spec.Given<AlertCase>().When(command, RaiseAlertAggregateHandler.Handle, facts).Events[0].ShouldBe(raised);
        Spec.Given<AlertCase>(raised).When(command, RaiseAlertAggregateHandler.Handle, facts).ThenNothing();
        Spec.Given<AlertCase>(raised).When(command with { ClientId = "client-2" }, RaiseAlertAggregateHandler.Handle, facts).ThenViolates("alert_exists", "alertId");
    }

    [Fact]
    public void no_sender_can_take_the_place_of_what_this_service_raises()
    {
        // session's risk and an alert by hand may have the same id
        ReportedRisk.AlertId("call-1").ShouldNotBe("call-1");
        // whose the id is does not matter, only what it is of
        string[] own =
        [
            ReportedRisk.AlertId("r-1"), ItemNineRule.AlertId("r-1"), DeteriorationRule.AlertId("r-1"), AllianceRules.AlertId("r-1", AllianceRules.SrsBelow36),
            AllianceRules.AlertId("r-1", AllianceRules.WaiSrDrop), AutomatedFeedback.FeedbackId("r-1")
        ];
        own.ShouldBeUnique();
        ReportedRisk.AlertId("r-1").ShouldBe(own[0]);
        foreach (var id in own)
        {
            Ids.AreValid(id).ShouldBeTrue(id);
            new RaiseAlertValidator().ShouldBeInvalid(new RaiseAlert(id, "client-1", "message-7", Urgent: true), "AlertId");
            new GiveFeedbackValidator().ShouldBeInvalid(new GiveFeedback(id, "client-1", "Well done."), "FeedbackId");
            new GenerateFeedbackValidator().ShouldBeInvalid(new GenerateFeedback(id, "client-1", "phq-9"), "FeedbackId");
            new RequestSupervisionValidator().ShouldBeInvalid(new RequestSupervision(id, "client-1", "s-1"), "ReviewId");
            // but acts on it
            new AcknowledgeAlertValidator().Validate(new AcknowledgeAlert(id)).IsValid.ShouldBeTrue();
            new ReviewFeedbackValidator().Validate(new ReviewFeedback(id, true)).IsValid.ShouldBeTrue();
        }
        new RaiseAlertValidator().Validate(new RaiseAlert("3f2c9a1e-77aa-4c41-9c38-0a7f0a0e1b11", "client-1", "message-7", Urgent: true)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public void the_case_knows_how_far_it_has_come()
    {
        Spec.Fold<AlertCase>(Raised)!.Status.ShouldBe(AlertStatus.Raised);
        Spec.Fold<AlertCase>(Raised, Acknowledged)!.Status.ShouldBe(AlertStatus.Acknowledged);
        Spec.Fold<AlertCase>(Raised, Acknowledged, Resolved)!.Status.ShouldBe(AlertStatus.Resolved);
    }
}

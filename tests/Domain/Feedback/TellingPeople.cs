using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>Notifications: asked for once, answered by a gateway, called off when the client stops.</summary>
public class TellingPeople
{
    private static readonly NotificationRequested Asked = new("n-1", "client:client-1", "sms", "something-new", "en", Spec.Now.AddDays(3), "client-1", "f-1");
    private static readonly ForStream Settled = new("course-client-1", typeof(ClientCourse), new NoticeSettled("client-1", "n-1"));
    private static readonly ReportNotificationDelivered Sent = new("n-1", "sms", Spec.Now);
    private static readonly ReportNotificationFailed NotSent = new("n-1", "sms", "unreachable");
    private static readonly DeliveryFacts Nothing = new(Spec.Ehr, null);

    [Fact]
    public void a_gateway_answers_once()
    {
        var delivered = new NotificationDelivered("n-1", "sms", Spec.Now, "client-1");
        Spec.Given<Notification>(Asked).When(Sent, ReportNotificationDeliveredAggregateHandler.Handle, Nothing).Then(delivered, Settled);
        Spec.Given<Notification>(Asked, delivered).When(Sent, ReportNotificationDeliveredAggregateHandler.Handle, Nothing).ThenNothing();
        Spec.Given<Notification>(Asked).When(NotSent, ReportNotificationFailedAggregateHandler.Handle, Spec.Ehr)
            .Then(new NotificationFailed("n-1", "sms", "unreachable", "client-1"), Settled);
        Spec.Given<Notification>(Asked, delivered).When(NotSent, ReportNotificationFailedAggregateHandler.Handle, Spec.Ehr).ThenNothing();
        Spec.Given<Notification>().When(Sent, ReportNotificationDeliveredAggregateHandler.Handle, Nothing).ThenViolates("notification_unknown", "notificationId");
    }

    [Fact]
    public void what_was_for_staff_leaves_the_clients_course_alone()
    {
        var page = Asked with { Recipient = "staff:on-call", Channel = "phone", Template = "alert-waiting" };
        Spec.Given<Notification>(page).When(Sent with { Channel = "phone" }, ReportNotificationDeliveredAggregateHandler.Handle, Nothing)
            .Then(new NotificationDelivered("n-1", "phone", Spec.Now, "client-1"));
        Spec.Given<Notification>(page).When(NotSent with { Channel = "phone" }, ReportNotificationFailedAggregateHandler.Handle, Spec.Ehr)
            .Then(new NotificationFailed("n-1", "phone", "unreachable", "client-1"));
        // a course that such an answer once began can be read
        var course = Spec.Fold<ClientCourse>(new NoticeSettled("client-1", "n-1"), new ClientNoted("client-1", "25-34", "en", "GB", "intake", 1))!;
        (course.ClientId, course.Client!.Region).ShouldBe(("client-1", "GB"));
    }

    [Fact]
    public void word_of_feedback_that_arrived_is_delivery_of_it()
    {
        var item = Spec.Fold<FeedbackItem>(new HumanFeedbackGiven("f-1", "client-1", "ther-1", "therapist", "Well done."));
        Spec.Given<Notification>(Asked).When(Sent, ReportNotificationDeliveredAggregateHandler.Handle, new DeliveryFacts(Spec.Ehr, item)).Events
            .OfType<ForStream>().Select(e => e.Event).ShouldContain(new FeedbackDelivered("f-1", "client-1", "sms"));
    }

    [Fact]
    public void another_services_notification_is_kept_and_may_be_withdrawn()
    {
        var note = new NoteNotification("n-9", "appointment", "session", 7, "client-1");
        var noted = new NotificationNoted("n-9", "appointment", "session", 7, "client-1");
        Spec.Given<Notification>().When(note, NoteNotificationAggregateHandler.Handle, Spec.Service)
            .Then(noted, new ForStream("course-client-1", typeof(ClientCourse), new NoticeQueued("client-1", "n-9", "appointment")));
        Spec.Given<Notification>(noted).When(note, NoteNotificationAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<Notification>(noted).When(new NoteNotificationCancelled("n-9", "session", 8), NoteNotificationCancelledAggregateHandler.Handle, Spec.Service)
            .Then(new NotificationWithdrawn("n-9", "session", 8), new ForStream("course-client-1", typeof(ClientCourse), new NoticeSettled("client-1", "n-9")));
    }

    [Fact, Trait("Scenario", "T41")]
    public void what_waits_is_called_off_when_the_client_stops_and_crisis_information_is_not()
    {
        var queued = Spec.Fold<Notification>(Asked)!;
        var gone = Spec.Fold<Notification>(Asked with { NotificationId = "n-2" }, new NotificationDelivered("n-2", "sms", Spec.Now))!;
        var crisis = Spec.Fold<Notification>(Asked with { NotificationId = "n-3", Template = "crisis-information" })!;
        var course = new object[] { new NoticeQueued("client-1", "n-1", "something-new"), new NoticeQueued("client-1", "n-3", "crisis-information") };
        Spec.Given<ClientCourse>(course).When(new StopCare("client-1"), StopCareAggregateHandler.Handle, new NoticeFacts(Spec.Service, [queued, gone, crisis]))
            .Then(new ForStream("notification-n-1", typeof(Notification), new NotificationCancelled("n-1", "client-stopped", "client-1")), new NoticeSettled("client-1", "n-1"));
    }

    [Fact, Trait("Scenario", "T41")]
    public void what_informs_of_an_emergency_access_is_sent_to_a_client_who_stopped_and_staff_are_told_what_they_were_to_be_told()
    {
        var informed = new NoteNotification("informed-1", "something-new", "consent", 3, "client-1", "access-1", "client:client-1");
        var review = informed with { NotificationId = "overdue-1", Template = "review-waiting", Recipient = "staff:emergency-review" };
        // staff's is not the client's to call off, and so not kept with the client
        var kept = Spec.Given<Notification>().When(review, NoteNotificationAggregateHandler.Handle, Spec.Service).Events;
        kept.ShouldHaveSingleItem().ShouldBeOfType<NotificationNoted>().Recipient.ShouldBe("staff:emergency-review");
        Spec.Given<Notification>().When(informed, NoteNotificationAggregateHandler.Handle, Spec.Service).Events.OfType<ForStream>().ShouldHaveSingleItem();

        var asked = new NotificationNoted("informed-1", "something-new", "consent", 3, "client-1", "access-1", "client:client-1");
        // the last two from before the recipient was kept
        Notification[] queued =
        [
            Spec.Fold<Notification>(asked)!, Spec.Fold<Notification>(asked with { NotificationId = "informed-0", Recipient = null })!,
            Spec.Fold<Notification>(asked with { NotificationId = "overdue-0", Template = "review-waiting", Recipient = null })!
        ];
        var course = queued.Select(n => (object)new NoticeQueued("client-1", n.NotificationId, n.Template)).ToArray();
        Spec.Given<ClientCourse>(course).When(new StopCare("client-1"), StopCareAggregateHandler.Handle, new NoticeFacts(Spec.Service, queued)).ThenNothing();
    }

    [Fact]
    public void consent_that_ends_pauses_and_consent_that_is_given_again_resumes()
    {
        var none = new NoticeFacts(Spec.Service, []);
        var (end, permit) = (new EndPermit("client-1", "d-1", 2), new Permit("client-1", "d-1", 1));
        var permitted = new TreatmentPermitted("client-1", "d-1", 1);
        // also of a directive that was given before directives were noted here
        Spec.Given<ClientCourse>().When(end, EndPermitAggregateHandler.Handle, none).Then(new CarePaused("client-1"));
        Spec.Given<ClientCourse>(new CarePaused("client-1")).When(end, EndPermitAggregateHandler.Handle, none).ThenNothing();
        Spec.Given<ClientCourse>(new CarePaused("client-1")).When(permit, PermitAggregateHandler.Handle, Spec.Service).Then(permitted, new CareResumed("client-1"));
        Spec.Given<ClientCourse>().When(permit, PermitAggregateHandler.Handle, Spec.Service).Then(permitted);
        Spec.Given<ClientCourse>(permitted).When(permit, PermitAggregateHandler.Handle, Spec.Service).ThenNothing();
    }

    [Fact, Trait("Scenario", "T41")]
    public void while_another_directive_permits_treatment_nothing_stops()
    {
        var waits = new NoticeFacts(Spec.Service, [Spec.Fold<Notification>(Asked)!]);
        object[] both = [new TreatmentPermitted("client-1", "d-1", 1), new TreatmentPermitted("client-1", "d-2", 1), new NoticeQueued("client-1", "n-1", "something-new")];
        var ended = new TreatmentPermitEnded("client-1", "d-1", 2);
        // as when a newer directive takes the older one's place
        Spec.Given<ClientCourse>(both).When(new EndPermit("client-1", "d-1", 2), EndPermitAggregateHandler.Handle, waits).Then(ended);
        Spec.Given<ClientCourse>(both).When(new EndPermit("client-1", "d-0", 2), EndPermitAggregateHandler.Handle, waits).ThenNothing();
        Spec.Given<ClientCourse>([.. both, ended]).When(new EndPermit("client-1", "d-2", 2), EndPermitAggregateHandler.Handle, waits).Then(
            new TreatmentPermitEnded("client-1", "d-2", 2), new CarePaused("client-1"),
            new ForStream("notification-n-1", typeof(Notification), new NotificationCancelled("n-1", "client-stopped", "client-1")), new NoticeSettled("client-1", "n-1"));
    }

    [Fact]
    public void an_end_that_is_announced_waits_until_it_comes_and_comes_once()
    {
        var none = new NoticeFacts(Spec.Service, []);
        var (permitted, at) = (new TreatmentPermitted("client-1", "d-1", 1), Spec.Now.AddDays(3));
        var end = new EndPermit("client-1", "d-1", 2, at);
        var ending = new TreatmentPermitEnding("client-1", "d-1", 2, at);
        Outcome Due(DateTimeOffset now, params object[] events) =>
            Spec.Given<ClientCourse>(events).When(new EndPermitDue("client-1", "d-1"), EndPermitDueAggregateHandler.Handle, none, now);
        Spec.Given<ClientCourse>(permitted).When(end, EndPermitAggregateHandler.Handle, none).Then(ending);
        Spec.Given<ClientCourse>(permitted, ending).When(end, EndPermitAggregateHandler.Handle, none).ThenNothing();
        var ended = new TreatmentPermitEnded("client-1", "d-1", 2);
        Due(at.AddTicks(-1), permitted, ending).ThenNothing();
        Due(at, permitted, ending).Then(ended, new CarePaused("client-1"));
        // brought forward, it is over when the day comes; and consent given anew meanwhile goes on
        Spec.Given<ClientCourse>(permitted, ending).When(end with { DirectiveVersion = 3, EffectiveAt = Spec.Now }, EndPermitAggregateHandler.Handle, none)
            .Then(ended with { DirectiveVersion = 3 }, new CarePaused("client-1"));
        Due(at, permitted, ending, ended, new CarePaused("client-1")).ThenNothing();
        Due(at, permitted, ending, new TreatmentPermitted("client-1", "d-2", 1)).Then(ended);
    }

    [Fact]
    public void what_other_services_said_is_kept_when_it_is_news()
    {
        var noted = new SupporterNoted("client-1", "ther-1", "video", "session", 5, "Europe/London");
        Spec.Given<ClientCourse>().When(new NoteSupporter("client-1", "ther-1", "video", "session", 5, "Europe/London"), NoteSupporterAggregateHandler.Handle, Spec.Service).Then(noted);
        // a start says no time zone, and takes none away
        Spec.Given<ClientCourse>(noted).When(new NoteSupporter("client-1", "ther-1", "video", "session", 6), NoteSupporterAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<ClientCourse>(noted).When(new NoteSupporter("client-1", "peer-1", "text", "session", 4), NoteSupporterAggregateHandler.Handle, Spec.Service).ThenNothing();
        var client = new ClientNoted("client-1", "16-17", "en", "GB", "intake", 3);
        Spec.Given<ClientCourse>().When(new NoteClient("client-1", "16-17", "en", "GB", "intake", 3), NoteClientAggregateHandler.Handle, Spec.Service).Then(client);
        Spec.Given<ClientCourse>(client).When(new NoteClient("client-1", "16-17", "en", "GB", "intake", 3), NoteClientAggregateHandler.Handle, Spec.Service).ThenNothing();
    }
}

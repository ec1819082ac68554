using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Contracts.Messaging;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service;

#pragma warning disable CA1822 // every command is called alike, whether or not its rules need the policy

/// <summary>
/// Each command's line: its stream, its validator, its handler. What decides about a client reads the client's course and writes
/// behind the version it read, so two answers that arrive together see each other.
/// </summary>
internal sealed class Handling(FeedbackPolicy policy)
{
    public const string Service = "feedback";

    public Task<CommandAccepted> SubmitMeasure(CommandScope scope, SubmitMeasure command, CancellationToken ct) =>
        scope.Execute<SubmitMeasure, InstrumentResponse, MeasureFacts>(command, new SubmitMeasureValidator(), InstrumentResponse.StreamId(command.ResponseId),
            async (facts, token) => new MeasureFacts(scope.Actor, policy, await Course(facts, command.ClientId, token), await Roster(facts, token)),
            SubmitMeasureAggregateHandler.Handle, ct);

    public Task<CommandAccepted> CorrectMeasure(CommandScope scope, CorrectMeasure command, CancellationToken ct) =>
        scope.Execute<CorrectMeasure, InstrumentResponse, MeasureFacts>(command, new CorrectMeasureValidator(), InstrumentResponse.StreamId(command.ResponseId),
            async (facts, token) => new MeasureFacts(scope.Actor, policy, await Course(facts, command.ClientId, token), await Roster(facts, token),
                await facts.Load<InstrumentResponse>(InstrumentResponse.StreamId(command.Supersedes), token)),
            CorrectMeasureAggregateHandler.Handle, ct);

    public Task<CommandAccepted> RequestMeasure(CommandScope scope, RequestMeasure command, CancellationToken ct) =>
        scope.Execute<RequestMeasure, ClientCourse, CourseFacts>(command, new RequestMeasureValidator(), ClientCourse.StreamId(command.ClientId),
            (_, _) => Task.FromResult(new CourseFacts(scope.Actor, policy)), RequestMeasureAggregateHandler.Handle, ct);

    public Task<CommandAccepted> RemindOfMeasure(CommandScope scope, RemindOfMeasure command, CancellationToken ct) =>
        scope.Execute<RemindOfMeasure, ClientCourse, CourseFacts>(command, null, ClientCourse.StreamId(command.ClientId),
            (_, _) => Task.FromResult(new CourseFacts(scope.Actor, policy)), RemindOfMeasureAggregateHandler.Handle, ct);

    public Task<CommandAccepted> BeginEpisode(CommandScope scope, BeginEpisode command, CancellationToken ct) =>
        scope.Execute<BeginEpisode, ClientCourse, CourseFacts>(command, new BeginEpisodeValidator(), ClientCourse.StreamId(command.ClientId),
            (_, _) => Task.FromResult(new CourseFacts(scope.Actor, policy)), BeginEpisodeAggregateHandler.Handle, ct);

    public Task<CommandAccepted> EndEpisode(CommandScope scope, EndEpisode command, CancellationToken ct) =>
        scope.Execute<EndEpisode, ClientCourse, CourseFacts>(command, new EndEpisodeValidator(), ClientCourse.StreamId(command.ClientId),
            (_, _) => Task.FromResult(new CourseFacts(scope.Actor, policy)), EndEpisodeAggregateHandler.Handle, ct);

    public Task<CommandAccepted> SetFeedbackPreference(CommandScope scope, SetFeedbackPreference command, CancellationToken ct) =>
        scope.Execute<SetFeedbackPreference, ClientCourse>(command, new SetFeedbackPreferenceValidator(), ClientCourse.StreamId(command.ClientId),
            SetFeedbackPreferenceAggregateHandler.Handle, ct);

    public Task<CommandAccepted> RaiseAlert(CommandScope scope, RaiseAlert command, CancellationToken ct) =>
        RaiseAlert(scope, command, new RaiseAlertValidator(), ReportedRisk.Reported, ct);

    /// <summary>Under an id of this service's, which no sender may give.</summary>
    public Task<CommandAccepted> NoteRisk(CommandScope scope, RaiseAlert command, CancellationToken ct) =>
        RaiseAlert(scope, command, null, ReportedRisk.RiskEvent, ct);

    private Task<CommandAccepted> RaiseAlert(CommandScope scope, RaiseAlert command, RaiseAlertValidator? validator, string rule, CancellationToken ct) =>
        scope.Execute<RaiseAlert, AlertCase, AlertFacts>(command, validator, AlertCase.StreamId(command.AlertId),
            async (facts, token) => new AlertFacts(scope.Actor, policy, await Course(facts, command.ClientId, token), await Roster(facts, token), rule),
            RaiseAlertAggregateHandler.Handle, ct);

    public Task<CommandAccepted> AcknowledgeAlert(CommandScope scope, AcknowledgeAlert command, CancellationToken ct) =>
        scope.Execute<AcknowledgeAlert, AlertCase>(command, new AcknowledgeAlertValidator(), AlertCase.StreamId(command.AlertId),
            AcknowledgeAlertAggregateHandler.Handle, ct);

    public Task<CommandAccepted> ResolveAlert(CommandScope scope, ResolveAlert command, CancellationToken ct) =>
        scope.Execute<ResolveAlert, AlertCase>(command, new ResolveAlertValidator(), AlertCase.StreamId(command.AlertId),
            ResolveAlertAggregateHandler.Handle, ct);

    public Task<CommandAccepted> EscalateAlert(CommandScope scope, EscalateAlert command, CancellationToken ct) =>
        scope.Execute<EscalateAlert, AlertCase, EscalationFacts>(command, null, AlertCase.StreamId(command.AlertId),
            async (facts, token) => new EscalationFacts(scope.Actor, policy, await Roster(facts, token)), EscalateAlertAggregateHandler.Handle, ct);

    public Task<CommandAccepted> GenerateFeedback(CommandScope scope, GenerateFeedback command, CancellationToken ct) =>
        scope.Execute<GenerateFeedback, FeedbackItem, FeedbackFacts>(command, new GenerateFeedbackValidator(), FeedbackItem.StreamId(command.FeedbackId),
            async (facts, token) => new FeedbackFacts(scope.Actor, policy, await Guarded(facts, command.ClientId, token)),
            GenerateFeedbackAggregateHandler.Handle, ct);

    public Task<CommandAccepted> GiveFeedback(CommandScope scope, GiveFeedback command, CancellationToken ct) =>
        scope.Execute<GiveFeedback, ClientCourse, WritingFacts>(command, new GiveFeedbackValidator(), ClientCourse.StreamId(command.ClientId),
            async (facts, token) => new WritingFacts(scope.Actor, await facts.Load<FeedbackItem>(FeedbackItem.StreamId(command.FeedbackId), token)),
            GiveFeedbackAggregateHandler.Handle, ct);

    public Task<CommandAccepted> ReviewFeedback(CommandScope scope, ReviewFeedback command, CancellationToken ct) =>
        scope.Execute<ReviewFeedback, FeedbackItem, FeedbackFacts>(command, new ReviewFeedbackValidator(), FeedbackItem.StreamId(command.FeedbackId),
            async (facts, token) => new FeedbackFacts(scope.Actor, policy,
                await facts.Load<FeedbackItem>(FeedbackItem.StreamId(command.FeedbackId), token) is { } item ? await Guarded(facts, item.ClientId, token) : null),
            ReviewFeedbackAggregateHandler.Handle, ct);

    public Task<CommandAccepted> MarkFeedbackViewed(CommandScope scope, MarkFeedbackViewed command, CancellationToken ct) =>
        scope.Execute<MarkFeedbackViewed, FeedbackItem>(command, new MarkFeedbackViewedValidator(), FeedbackItem.StreamId(command.FeedbackId),
            MarkFeedbackViewedAggregateHandler.Handle, ct);

    public Task<CommandAccepted> ReportMisinterpretation(CommandScope scope, ReportMisinterpretation command, CancellationToken ct) =>
        scope.Execute<ReportMisinterpretation, CommunicationConcern>(command, new ReportMisinterpretationValidator(), CommunicationConcern.StreamId(command.ConcernId),
            ReportMisinterpretationAggregateHandler.Handle, ct);

    public Task<CommandAccepted> RaiseBoundaryConcern(CommandScope scope, RaiseBoundaryConcern command, CancellationToken ct) =>
        scope.Execute<RaiseBoundaryConcern, CommunicationConcern, CourseFacts>(command, new RaiseBoundaryConcernValidator(), CommunicationConcern.StreamId(command.ConcernId),
            (_, _) => Task.FromResult(new CourseFacts(scope.Actor, policy)), RaiseBoundaryConcernAggregateHandler.Handle, ct);

    public Task<CommandAccepted> RepairConcern(CommandScope scope, RepairConcern command, CancellationToken ct) =>
        scope.Execute<RepairConcern, CommunicationConcern>(command, new RepairConcernValidator(), CommunicationConcern.StreamId(command.ConcernId),
            RepairConcernAggregateHandler.Handle, ct);

    public Task<CommandAccepted> RequestSupervision(CommandScope scope, RequestSupervision command, CancellationToken ct) =>
        scope.Execute<RequestSupervision, SupervisionReview, CourseFacts>(command, new RequestSupervisionValidator(), SupervisionReview.StreamId(command.ReviewId),
            (_, _) => Task.FromResult(new CourseFacts(scope.Actor, policy)), RequestSupervisionAggregateHandler.Handle, ct);

    public Task<CommandAccepted> CompleteSupervision(CommandScope scope, CompleteSupervision command, CancellationToken ct) =>
        scope.Execute<CompleteSupervision, SupervisionReview>(command, new CompleteSupervisionValidator(), SupervisionReview.StreamId(command.ReviewId),
            CompleteSupervisionAggregateHandler.Handle, ct);

    public Task<CommandAccepted> AssignOnCall(CommandScope scope, AssignOnCall command, CancellationToken ct) =>
        scope.Execute<AssignOnCall, OnCallRoster>(command, new AssignOnCallValidator(), OnCallRoster.StreamId(command.From), AssignOnCallAggregateHandler.Handle, ct);

    public Task<CommandAccepted> WithdrawOnCall(CommandScope scope, WithdrawOnCall command, CancellationToken ct) =>
        scope.Execute<WithdrawOnCall, OnCallRoster>(command, new WithdrawOnCallValidator(), OnCallRoster.StreamId(command.From), WithdrawOnCallAggregateHandler.Handle, ct);

    public Task<CommandAccepted> ReportNotificationDelivered(CommandScope scope, ReportNotificationDelivered command, CancellationToken ct) =>
        scope.Execute<ReportNotificationDelivered, Notification, DeliveryFacts>(command, new ReportNotificationDeliveredValidator(), Notification.StreamId(command.NotificationId),
            async (facts, token) => new DeliveryFacts(scope.Actor,
                (await facts.Load<Notification>(Notification.StreamId(command.NotificationId), token))?.CauseId is { } cause && Ids.AreValid(cause)
                    ? await facts.Load<FeedbackItem>(FeedbackItem.StreamId(cause), token) : null),
            ReportNotificationDeliveredAggregateHandler.Handle, ct);

    public Task<CommandAccepted> ReportNotificationFailed(CommandScope scope, ReportNotificationFailed command, CancellationToken ct) =>
        scope.Execute<ReportNotificationFailed, Notification>(command, new ReportNotificationFailedValidator(), Notification.StreamId(command.NotificationId),
            ReportNotificationFailedAggregateHandler.Handle, ct);

    public Task<CommandAccepted> NoteNotification(CommandScope scope, NoteNotification command, CancellationToken ct) =>
        scope.Execute<NoteNotification, Notification>(command, null, Notification.StreamId(command.NotificationId), NoteNotificationAggregateHandler.Handle, ct);

    public Task<CommandAccepted> NoteNotificationCancelled(CommandScope scope, NoteNotificationCancelled command, CancellationToken ct) =>
        scope.Execute<NoteNotificationCancelled, Notification>(command, null, Notification.StreamId(command.NotificationId), NoteNotificationCancelledAggregateHandler.Handle, ct);

    public Task<CommandAccepted> NoteClient(CommandScope scope, NoteClient command, CancellationToken ct) =>
        scope.Execute<NoteClient, ClientCourse>(command, null, ClientCourse.StreamId(command.ClientId), NoteClientAggregateHandler.Handle, ct);

    public Task<CommandAccepted> NoteSupporter(CommandScope scope, NoteSupporter command, CancellationToken ct) =>
        scope.Execute<NoteSupporter, ClientCourse>(command, null, ClientCourse.StreamId(command.ClientId), NoteSupporterAggregateHandler.Handle, ct);

    public Task<CommandAccepted> StopCare(CommandScope scope, StopCare command, CancellationToken ct) =>
        scope.Execute<StopCare, ClientCourse, NoticeFacts>(command, null, ClientCourse.StreamId(command.ClientId),
            (facts, token) => Notices(scope, facts, command.ClientId, token), StopCareAggregateHandler.Handle, ct);

    public Task<CommandAccepted> Permit(CommandScope scope, Permit command, CancellationToken ct) =>
        scope.Execute<Permit, ClientCourse>(command, null, ClientCourse.StreamId(command.ClientId), PermitAggregateHandler.Handle, ct);

    public Task<CommandAccepted> EndPermit(CommandScope scope, EndPermit command, CancellationToken ct) =>
        scope.Execute<EndPermit, ClientCourse, NoticeFacts>(command, null, ClientCourse.StreamId(command.ClientId),
            (facts, token) => Notices(scope, facts, command.ClientId, token), EndPermitAggregateHandler.Handle, ct);

    public Task<CommandAccepted> EndPermitDue(CommandScope scope, EndPermitDue command, CancellationToken ct) =>
        scope.Execute<EndPermitDue, ClientCourse, NoticeFacts>(command, null, ClientCourse.StreamId(command.ClientId),
            (facts, token) => Notices(scope, facts, command.ClientId, token), EndPermitDueAggregateHandler.Handle, ct);

    public Task<CommandAccepted> NoteMessage(CommandScope scope, NoteMessage command, CancellationToken ct) =>
        scope.Execute<NoteMessage, ResponseClock, ClockFacts>(command, null, ResponseClock.StreamId(command.ThreadId),
            async (facts, token) => new ClockFacts(scope.Actor, policy, await Course(facts, command.ClientId, token)), NoteMessageAggregateHandler.Handle, ct);

    public Task<CommandAccepted> NoteOverdue(CommandScope scope, NoteOverdue command, CancellationToken ct) =>
        scope.Execute<NoteOverdue, ResponseClock, ClockFacts>(command, null, ResponseClock.StreamId(command.ThreadId), async (facts, token) =>
        {
            var clientId = (await facts.Load<ResponseClock>(ResponseClock.StreamId(command.ThreadId), token))?.Waiting?.ClientId;
            return new ClockFacts(scope.Actor, policy, clientId is null ? null : await Course(facts, clientId, token));
        }, NoteOverdueAggregateHandler.Handle, ct);

    private static async Task<NoticeFacts> Notices(CommandScope scope, FactLoader facts, string clientId, CancellationToken ct)
    {
        var queued = new List<Notification>();
        foreach (var id in (await Course(facts, clientId, ct))?.Notices ?? [])
            if (await facts.Load<Notification>(Notification.StreamId(id), ct) is { } notification) queued.Add(notification);
        return new NoticeFacts(scope.Actor, [.. queued]);
    }

    private static Task<ClientCourse?> Course(FactLoader facts, string clientId, CancellationToken ct) =>
        // ids are checked by validators, which ran before
        facts.Load<ClientCourse>(ClientCourse.StreamId(clientId), ct);

    /// <summary>
    /// For decisions on what a rule set says: an alert that opens meanwhile makes them be taken again, also where nothing is written to
    /// the course itself. Not for answers: a guard refuses a course whose seals do not hold, and nothing may keep an alert from being raised.
    /// </summary>
    private static Task<ClientCourse?> Guarded(FactLoader facts, string clientId, CancellationToken ct) =>
        facts.Guard<ClientCourse>(ClientCourse.StreamId(clientId), ct);

    private static async Task<RosterFacts> Roster(FactLoader facts, CancellationToken ct)
    {
        var months = new List<OnCallRoster?>();
        foreach (var stream in OnCallRoster.StreamsAt(TimeProvider.System.GetUtcNow())) months.Add(await facts.Load<OnCallRoster>(stream, ct));
        return new RosterFacts([.. months]);
    }
}

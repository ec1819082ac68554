using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Views;

/// <summary>
/// What has to happen in time: alerts that nobody takes on, answers that were promised, measures that were asked for,
/// ends of consent that were announced. No rows, only
/// durable deadlines; each fires a command that looks at the state again, and does nothing when it has moved.
/// </summary>
internal static class Clocks
{
    private const string Alert = "alert";
    private const string Answer = "answer";
    private const string Measure = "measure";
    private const string Permit = "permit";

    public static Projection View { get; } = new("clocks", logged => logged.Event.Data switch
    {
        SafetyAlertRaised e => [Deadlines.Set(logged, Alert, e.DueAt)],
        DeteriorationAlertRaised e => [Deadlines.Set(logged, Alert, e.DueAt)],
        AllianceAlertRaised e => [Deadlines.Set(logged, Alert, e.DueAt)],
        AlertEscalated e => [Deadlines.Set(logged, Alert, e.NextAt)],
        AlertAcknowledged or AlertResolved or AlertRetracted => [Deadlines.Clear(logged, Alert)],
        ResponseDueSet e => [Deadlines.Set(logged, Answer, e.DueAt)],
        ResponseOverdue { NextAt: { } nextAt } => [Deadlines.Set(logged, Answer, nextAt)],
        ResponseOverdue or ResponseMet => [Deadlines.Clear(logged, Answer)],
        TreatmentPermitEnding e => [Deadlines.Set(logged, $"{Permit}/{e.DirectiveId}", e.EffectiveAt)],
        TreatmentPermitEnded e => [Deadlines.Clear(logged, $"{Permit}/{e.DirectiveId}")],
        MeasureRequested e => [Deadlines.Set(logged, $"{Measure}/{e.RequestId}", e.DueAt)],
        MeasureRequestAnswered e => [Deadlines.Clear(logged, $"{Measure}/{e.RequestId}")],
        _ => []
    });

    public static IReadOnlyList<DeadlineHandler> Handlers(IServiceProvider services, Handling handle) =>
    [
        new(Alert, (due, ct) => handle.EscalateAlert(Scope(services, due), new EscalateAlert(due.Stream["alert-".Length..]), ct)),
        new(Answer, (due, ct) => handle.NoteOverdue(Scope(services, due), new NoteOverdue(due.Stream["thread-".Length..]), ct)),
        new(Measure, (due, ct) => handle.RemindOfMeasure(Scope(services, due), new RemindOfMeasure(due.Stream["course-".Length..], due.Subject), ct)),
        new(Permit, (due, ct) => handle.EndPermitDue(Scope(services, due), new EndPermitDue(due.Stream["course-".Length..], due.Subject), ct))
    ];

    private static CommandScope Scope(IServiceProvider services, DueDeadline due)
    {
        var by = new Actor(Handling.Service, Roles.Service, due.Tenant);
        return new CommandScope(services.GetRequiredService<IEventStore>(), services.GetRequiredService<TimeProvider>(), by, due.MessageId, due.MessageId,
            new Dictionary<string, string> { [EventHeaders.Role] = by.Role }, new CommandIdentity(DueDeadline.Endpoint, Handling.Service, due.MessageId, due.BodyHash));
    }
}

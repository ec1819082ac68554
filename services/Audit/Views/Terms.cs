using Clinic.Audit.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Views;

/// <summary>Terms of breach notices and findings as deadlines that survive every restart; a projection of its own, so that no table it shares delays them.</summary>
internal static class Terms
{
    private const string Notice = "breach-notice";
    private const string Remediation = "remediation";

    public static Projection View { get; } = new("terms", logged => logged.Event.Data switch
    {
        BreachAssessed e => AuditCodes.Regimes.Select(regime => e.Notices.FirstOrDefault(n => n.Regime == regime) is { } due
            ? Deadlines.Set(logged, $"{Notice}/{regime}", due.DueAt)
            : Deadlines.Clear(logged, $"{Notice}/{regime}")),
        BreachNoticeGiven e => [Deadlines.Clear(logged, $"{Notice}/{e.Regime}")],
        AuditFindingRaised e => [Deadlines.Set(logged, Remediation, e.DueAt)],
        RemediationReviewed { Accepted: true } => [Deadlines.Clear(logged, Remediation)],
        _ => []
    });

    public static IReadOnlyList<DeadlineHandler> Handlers(IServiceProvider services) =>
    [
        new(Notice, (due, ct) => Scope(services, due).Execute<NoteBreachNoticeOverdue, Incident>(
            new NoteBreachNoticeOverdue(due.Stream["incident-".Length..], due.Subject), null, due.Stream, NoteBreachNoticeOverdueAggregateHandler.Handle, ct)),
        new(Remediation, (due, ct) => Scope(services, due).Execute<NoteFindingOverdue, Finding>(
            new NoteFindingOverdue(due.Stream["finding-".Length..]), null, due.Stream, NoteFindingOverdueAggregateHandler.Handle, ct))
    ];

    private static CommandScope Scope(IServiceProvider services, DueDeadline due) => new(
        services.GetRequiredService<IEventStore>(), services.GetRequiredService<TimeProvider>(), new Actor(Handling.Service, Roles.Service, due.Tenant), due.MessageId, due.MessageId,
        new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service },
        new CommandIdentity(DueDeadline.Endpoint, Handling.Service, due.MessageId, due.BodyHash));
}

using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service.Views;

/// <summary>Who is in crisis and can be reached is tried within an hour, or it is said aloud. No rows, only deadlines: they survive restarts.</summary>
internal static class CrisisDeadlines
{
    private const string Kind = "crisis-contact";

    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    public static Projection View { get; } = new("crisis-deadlines", logged => logged.Event.Data switch
    {
        CrisisPathwayActivated { ContactPossible: true } => [Deadlines.Set(logged, Kind, logged.Event.Timestamp + Patience)],
        CrisisContactAttempted or CrisisPathwayClosed => [Deadlines.Clear(logged, Kind)],
        _ => []
    });

    public static DeadlineHandler Handler(IServiceProvider services) => new(Kind, async (due, ct) =>
    {
        var by = new Actor(Handling.Service, Roles.Service, due.Tenant);
        var scope = new CommandScope(services.GetRequiredService<IEventStore>(), services.GetRequiredService<TimeProvider>(), by, due.MessageId, due.MessageId,
            new Dictionary<string, string> { [EventHeaders.Role] = by.Role }, new CommandIdentity(DueDeadline.Endpoint, Handling.Service, due.MessageId, due.BodyHash));
        await Handling.NoteContactOverdue(scope, new NoteContactOverdue(due.Stream["client-".Length..], due.DueAt), ct);
    });
}

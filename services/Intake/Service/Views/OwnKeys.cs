using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service.Views;

/// <summary>
/// Intake's own answer to an erasure: other services' come over the bus, and nobody follows himself. No rows, only a deadline that
/// is due at once.
/// </summary>
internal static class OwnKeys
{
    private const string Kind = "own-keys";

    public static Projection View { get; } = new("own-keys", logged => logged.Event.Data is KeysDestroyed e
        ? [Deadlines.Set(logged, $"{Kind}/{e.ErasureId}/{e.Keys}", logged.Event.Timestamp)]
        : []);

    public static IReadOnlyList<DeadlineHandler> Handlers(IServiceProvider services) => [new DeadlineHandler(Kind, async (due, ct) =>
    {
        var clientId = due.Stream["keys-".Length..];
        var (erasureId, keys) = due.Subject.Split('/') is [var id, var count] ? (id, int.Parse(count)) : throw new FormatException(due.Name);
        var by = new Actor(Handling.Service, Roles.Service, due.Tenant);
        var scope = new CommandScope(services.GetRequiredService<IEventStore>(), services.GetRequiredService<TimeProvider>(), by, erasureId, erasureId,
            new Dictionary<string, string> { [EventHeaders.Role] = by.Role },
            new CommandIdentity(DueDeadline.Endpoint, Handling.Service, due.MessageId, due.BodyHash));
        await Handling.NoteKeysDestroyed(scope, new NoteKeysDestroyed(clientId, erasureId, Handling.Service, keys), ct);
    })];
}

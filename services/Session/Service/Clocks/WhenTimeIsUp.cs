using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Domain;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service.Clocks;

/// <summary>What a deadline makes this service do: an idempotent command, decided on the stream as it is then.</summary>
internal sealed class WhenTimeIsUp(IServiceProvider services)
{
    private readonly IEventStore store = services.GetRequiredService<IEventStore>();
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();
    private readonly Database database = services.GetRequiredService<Database>();
    private readonly Handling handling = services.GetRequiredService<Handling>();

    public IReadOnlyList<DeadlineHandler> Handlers =>
    [
        new(SessionClocks.Reconnect, (due, ct) => handling.AdvanceDisruption(Scope(due), new AdvanceDisruption(Id(due, "session-")), ct)),
        new(SessionClocks.Fallback, (due, ct) => handling.AdvanceDisruption(Scope(due), new AdvanceDisruption(Id(due, "session-")), ct)),
        new(SessionClocks.Reminder, (due, ct) => Handling.SendReminder(Scope(due), new SendReminder(Id(due, "session-")), ct)),
        new(SessionClocks.Welfare, (due, ct) => Handling.MissWelfareCheck(Scope(due), new MissWelfareCheck(Id(due, "session-")), ct)),
        new(SessionClocks.Gap, (due, ct) => Handling.DetectGap(Scope(due), new DetectGap(Id(due, "thread-")), ct)),
        new(SessionClocks.ConsentEnds, (due, ct) => Handling.EndConsent(Scope(due), new EndConsent(Id(due, "care-"), due.Subject), ct)),
        new(Practice.LicenceEnded, LicenceEnded),
        new(Practice.PlatformEnded, PlatformEnded)
    ];

    /// <summary>
    /// P7: what is to come is held, what took place meanwhile is flagged, and threads wait for somebody else. A colleague's licence for
    /// the same place, or one of the practitioner's own, changes that; whether the client's place is covered the gate asks anyway.
    /// </summary>
    private async Task LicenceEnded(DueDeadline due, CancellationToken ct)
    {
        var practitionerId = Id(due, "licences-");
        var licences = (await store.Load<Licences>(due.Tenant, due.Stream, new LoadOptions(Verified: true), ct)).State;
        var ended = licences?.Known.FirstOrDefault(l => l.Jurisdiction == due.Subject);
        // reinstated before anybody looked: nothing is held, and what took place meanwhile is still flagged
        if (licences is null || ended?.EndedAt is not { } since) return;
        var now = time.GetUtcNow();
        foreach (var session in await Practice.Of(database, due.Tenant, practitionerId, since, ct))
        {
            var covered = session.StartedAt is { } at
                ? session.Jurisdiction is { } place && licences.Covering(place, at) is not null
                : licences.Any(session.StartsAt > now ? session.StartsAt : now);
            if (!covered)
                await Handling.HoldSession(Scope(due, session.SessionId), new HoldSession(session.SessionId, Practice.LicenceEnded, since), ct);
        }
        if (licences.Any(now)) return;
        foreach (var thread in await Practice.ThreadsOf(database, due.Tenant, practitionerId, ct))
            await Handling.FlagThread(Scope(due, thread), new FlagThread(thread, Practice.LicenceEnded), ct);
    }

    /// <summary>P13: sessions move to the platform that was named, or are held.</summary>
    private async Task PlatformEnded(DueDeadline due, CancellationToken ct)
    {
        var platform = (await store.Load<Platform>(due.Tenant, due.Stream, new LoadOptions(Verified: true), ct)).State;
        if (platform?.Revocation is not { } revoked) return;
        foreach (var session in await Practice.On(database, due.Tenant, platform.PlatformId, evenHeld: revoked.FallbackPlatformId is not null, ct))
            await Handling.HoldSession(Scope(due, session.SessionId),
                new HoldSession(session.SessionId, "platform-revoked", due.DueAt, revoked.FallbackPlatformId), ct);
    }

    private static string Id(DueDeadline due, string prefix) => due.Stream[prefix.Length..];

    /// <param name="part">Which of several effects of one deadline; each happens once.</param>
    private CommandScope Scope(DueDeadline due, string? part = null)
    {
        var by = new Actor(Handling.Service, Roles.Service, due.Tenant);
        var id = part is null ? due.MessageId : $"{due.MessageId}/{part}";
        return new CommandScope(store, time, by, due.MessageId, due.MessageId, new Dictionary<string, string> { [EventHeaders.Role] = by.Role },
            new CommandIdentity(DueDeadline.Endpoint, Handling.Service, id, due.BodyHash));
    }
}

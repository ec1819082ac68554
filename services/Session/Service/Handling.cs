using System.Security.Cryptography;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;
using Clinic.Session.Domain;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service;

/// <summary>
/// Each command's line: its stream, its validator, its handler. What decides about a client reads the client's care stream and
/// is appended behind the version it read, so a withdrawal that arrives meanwhile makes it decide again.
/// </summary>
internal sealed partial class Handling(Database database, IEventStore store, StepUp stepUp, SessionPolicy policy, TimeProvider time)
{
    public const string Service = "session";

    public Task<CommandAccepted> BookSession(CommandScope scope, BookSession command, CancellationToken ct) =>
        scope.Execute<BookSession, TherapySession, BookingFacts>(command, new BookSessionValidator(), TherapySession.StreamId(command.SessionId),
            (facts, token) => Booking(scope.Actor, facts, command.ClientId, command.PlatformId, token), BookSessionAggregateHandler.Handle, ct);

    public Task<CommandAccepted> StartSession(CommandScope scope, StartSession command, CancellationToken ct) =>
        scope.Execute<StartSession, TherapySession, StartFacts>(command, new StartSessionValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) =>
            {
                var session = await facts.Load<TherapySession>(TherapySession.StreamId(command.SessionId), token);
                var care = session is null ? null : await facts.Guard<ClientCare>(ClientCare.StreamId(session.ClientId), token);
                var consent = await Freshness.Of(database, "consent", token);
                var intake = await Freshness.Of(database, "intake", token);
                var known = new StartFacts(scope.Actor, care, consent.Age, intake.Age, consent.GapOpen || intake.GapOpen)
                {
                    Policy = policy,
                    StrongLogin = stepUp.IsStrong(scope.Actor)
                };
                if (session is null) return known;
                var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
                return known with
                {
                    Licences = await facts.Guard<Licences>(Licences.StreamId(session.PractitionerId), token),
                    Platform = session.PlatformId is { } platform ? await facts.Guard<Platform>(Platform.StreamId(platform), token) : null,
                    Linked = await Linked(facts, care, token),
                    Recorded = session.Booked.GroupId is null
                        ? []
                        : [.. (await Participants(facts, session, token)).Where(p => p.Session.Recording).Select(p => new RecordedSession(p.Session.SessionId, p.Session.ClientId))],
                    Days =
                    [
                        await facts.Load<PractitionerDay>(PractitionerDay.StreamId(session.PractitionerId, today), token),
                        await facts.Load<PractitionerDay>(PractitionerDay.StreamId(session.PractitionerId, today.AddDays(-1)), token)
                    ]
                };
            },
            StartSessionAggregateHandler.Handle, ct);

    public Task<CommandAccepted> CheckIn(CommandScope scope, CheckIn command, CancellationToken ct) =>
        scope.Execute<CheckIn, TherapySession, CheckInFacts>(command, new CheckInValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) =>
            {
                var session = await facts.Load<TherapySession>(TherapySession.StreamId(command.SessionId), token);
                var care = await CareOf(facts, session?.ClientId, token);
                if (session is null) return new CheckInFacts(scope.Actor, StrongLogin: false, care, null);
                var licences = await facts.Load<Licences>(Licences.StreamId(session.PractitionerId), token);
                return new CheckInFacts(scope.Actor, stepUp.IsStrong(scope.Actor), care, licences)
                {
                    Policy = policy,
                    Colleagues = licences?.Covering(command.Jurisdiction, time.GetUtcNow()) is null
                        ? await Colleagues(scope.Actor.Tenant, session.PractitionerId, command.Jurisdiction, token)
                        : []
                };
            }, CheckInAggregateHandler.Handle, ct);

    /// <summary>Who else may treat somebody there. Only an offer, so no guard: who is booked is looked at again at the start.</summary>
    private async Task<string[]> Colleagues(string tenant, string practitionerId, string jurisdiction, CancellationToken ct)
    {
        const int looked = 50, offered = 5;
        var found = new List<string>();
        // of this service's own licence facts; checked one by one, because a licence may have ended since it was noted
        foreach (var candidate in await Licensed.In(database, tenant, jurisdiction, looked, ct))
            if (found.Count < offered && candidate != practitionerId
                && (await store.Load<Licences>(tenant, Licences.StreamId(candidate), default, ct)).State?.Covering(jurisdiction, time.GetUtcNow()) is not null)
                found.Add(candidate);
        return [.. found];
    }

    public static Task<CommandAccepted> AnswerModality(CommandScope scope, AnswerModality command, CancellationToken ct) =>
        scope.Execute<AnswerModality, TherapySession, ModalityFacts>(command, new AnswerModalityValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) => new ModalityFacts(scope.Actor, await GuardedCare(facts, command.SessionId, token)),
            AnswerModalityAggregateHandler.Handle, ct);

    public Task<CommandAccepted> MarkNoShow(CommandScope scope, MarkNoShow command, CancellationToken ct) =>
        scope.Execute<MarkNoShow, TherapySession, AbsenceFacts>(command, new MarkNoShowValidator(), TherapySession.StreamId(command.SessionId),
            (facts, token) => Absence(scope.Actor, facts, command.SessionId, token), MarkNoShowAggregateHandler.Handle, ct);

    public Task<CommandAccepted> ReportDisruption(CommandScope scope, ReportDisruption command, CancellationToken ct) =>
        scope.Execute<ReportDisruption, TherapySession, AbsenceFacts>(command, new ReportDisruptionValidator(), TherapySession.StreamId(command.SessionId),
            (facts, token) => Absence(scope.Actor, facts, command.SessionId, token), ReportDisruptionAggregateHandler.Handle, ct);

    public Task<CommandAccepted> AdvanceDisruption(CommandScope scope, AdvanceDisruption command, CancellationToken ct) =>
        scope.Execute<AdvanceDisruption, TherapySession, AbsenceFacts>(command, null, TherapySession.StreamId(command.SessionId),
            (facts, token) => Absence(scope.Actor, facts, command.SessionId, token), AdvanceDisruptionAggregateHandler.Handle, ct);

    public Task<CommandAccepted> StartRecording(CommandScope scope, StartRecording command, CancellationToken ct) =>
        scope.Execute<StartRecording, TherapySession, RecordingFacts>(command, new StartRecordingValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) =>
            {
                var session = await facts.Load<TherapySession>(TherapySession.StreamId(command.SessionId), token);
                // how fresh before what: what arrives in between is in what is read then
                var consent = await Freshness.Of(database, "consent", token);
                return new RecordingFacts(scope.Actor, session is null ? [] : await Participants(facts, session, token), consent.Age, consent.GapOpen);
            }, StartRecordingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EndSession(CommandScope scope, EndSession command, CancellationToken ct) =>
        scope.Execute<EndSession, TherapySession>(command, new EndSessionValidator(), TherapySession.StreamId(command.SessionId),
            EndSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CancelSession(CommandScope scope, CancelSession command, CancellationToken ct) =>
        scope.Execute<CancelSession, TherapySession>(command, new CancelSessionValidator(), TherapySession.StreamId(command.SessionId),
            CancelSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> StopSession(CommandScope scope, StopSession command, CancellationToken ct) =>
        scope.Execute<StopSession, TherapySession>(command, new StopSessionValidator(), TherapySession.StreamId(command.SessionId),
            StopSessionAggregateHandler.Handle, ct);

    public Task<CommandAccepted> RescheduleSession(CommandScope scope, RescheduleSession command, CancellationToken ct) =>
        scope.Execute<RescheduleSession, TherapySession, BookingFacts>(command, new RescheduleSessionValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) =>
            {
                var session = await facts.Load<TherapySession>(TherapySession.StreamId(command.SessionId), token);
                return session is null
                    ? new BookingFacts(scope.Actor, null)
                    : await Booking(scope.Actor, facts, session.ClientId, session.PlatformId, token);
            }, RescheduleSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReportReconnection(CommandScope scope, ReportReconnection command, CancellationToken ct) =>
        scope.Execute<ReportReconnection, TherapySession>(command, new ReportReconnectionValidator(), TherapySession.StreamId(command.SessionId),
            ReportReconnectionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordWelfareCheck(CommandScope scope, RecordWelfareCheck command, CancellationToken ct) =>
        scope.Execute<RecordWelfareCheck, TherapySession, WelfareFacts>(command, new RecordWelfareCheckValidator(), TherapySession.StreamId(command.SessionId),
            (_, _) => Task.FromResult(new WelfareFacts(scope.Actor, scope.IsIdentified)), RecordWelfareCheckAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ProposeModality(CommandScope scope, ProposeModality command, CancellationToken ct) =>
        scope.Execute<ProposeModality, TherapySession>(command, new ProposeModalityValidator(), TherapySession.StreamId(command.SessionId),
            ProposeModalityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> StopRecording(CommandScope scope, StopRecording command, CancellationToken ct) =>
        scope.Execute<StopRecording, TherapySession, RecorderFacts>(command, new StopRecordingValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) => new RecorderFacts(scope.Actor, await Recorded(facts, command.SessionId, token)),
            StopRecordingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReportIntrusion(CommandScope scope, ReportIntrusion command, CancellationToken ct) =>
        scope.Execute<ReportIntrusion, TherapySession, RecorderFacts>(command, new ReportIntrusionValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) => new RecorderFacts(scope.Actor, await Recorded(facts, command.SessionId, token)),
            ReportIntrusionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> UnlockSession(CommandScope scope, UnlockSession command, CancellationToken ct) =>
        scope.Execute<UnlockSession, TherapySession>(command, new UnlockSessionValidator(), TherapySession.StreamId(command.SessionId),
            UnlockSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReleaseSessionHold(CommandScope scope, ReleaseSessionHold command, CancellationToken ct) =>
        scope.Execute<ReleaseSessionHold, TherapySession>(command, new ReleaseSessionHoldValidator(), TherapySession.StreamId(command.SessionId),
            ReleaseSessionHoldAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> HoldSession(CommandScope scope, HoldSession command, CancellationToken ct) =>
        scope.Execute<HoldSession, TherapySession>(command, null, TherapySession.StreamId(command.SessionId),
            HoldSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SendReminder(CommandScope scope, SendReminder command, CancellationToken ct) =>
        scope.Execute<SendReminder, TherapySession>(command, null, TherapySession.StreamId(command.SessionId),
            SendReminderAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> MissWelfareCheck(CommandScope scope, MissWelfareCheck command, CancellationToken ct) =>
        scope.Execute<MissWelfareCheck, TherapySession>(command, null, TherapySession.StreamId(command.SessionId),
            MissWelfareCheckAggregateHandler.Handle, ct);

    private static async Task<ClientCare?> CareOf(FactLoader facts, string? clientId, CancellationToken ct) =>
        clientId is null ? null : await facts.Load<ClientCare>(ClientCare.StreamId(clientId), ct);

    private static async Task<ClientCare?> GuardedCare(FactLoader facts, string sessionId, CancellationToken ct) =>
        await facts.Load<TherapySession>(TherapySession.StreamId(sessionId), ct) is { } session
            ? await facts.Guard<ClientCare>(ClientCare.StreamId(session.ClientId), ct)
            : null;

    /// <summary>
    /// Everybody who is recorded together with a session and has not left. It goes off whatever else happens: no guard, nothing to be
    /// verified first.
    /// </summary>
    private static async Task<RecordedSession[]> Recorded(FactLoader facts, string sessionId, CancellationToken ct)
    {
        if (await facts.Load<TherapySession>(TherapySession.StreamId(sessionId), ct) is not { Recording: true } session) return [];
        var together = (await CareOf(facts, session.ClientId, ct))?.Session(sessionId)?.RecordedWith;
        return together is null ? [new RecordedSession(sessionId, session.ClientId)] : await Running(facts, together, ct);
    }

    private static async Task<RecordedSession[]> Running(FactLoader facts, IEnumerable<RecordedSession> recorded, CancellationToken ct)
    {
        var running = new List<RecordedSession>();
        foreach (var one in recorded)
            if (await facts.Load<TherapySession>(TherapySession.StreamId(one.SessionId), ct) is { Recording: true }) running.Add(one);
        return [.. running];
    }

    private async Task<AbsenceFacts> Absence(Actor by, FactLoader facts, string sessionId, CancellationToken ct) =>
        new(by, await GuardedCare(facts, sessionId, ct), policy);

    private async Task<BookingFacts> Booking(Actor by, FactLoader facts, string clientId, string? platformId, CancellationToken ct)
    {
        var care = await facts.Guard<ClientCare>(ClientCare.StreamId(clientId), ct);
        var platform = platformId is null ? null : await facts.Guard<Platform>(Platform.StreamId(platformId), ct);
        return new BookingFacts(by, care, platform, policy) { Linked = await Linked(facts, care, ct) };
    }

    /// <summary>Other pseudonyms that are thought to be the same person (P15).</summary>
    private static async Task<ClientCare[]> Linked(FactLoader facts, ClientCare? care, CancellationToken ct)
    {
        var linked = new List<ClientCare>();
        foreach (var link in care?.Links.Where(link => link.Linked) ?? [])
            if (await facts.Guard<ClientCare>(ClientCare.StreamId(link.OtherId), ct) is { } other) linked.Add(other);
        return [.. linked];
    }

    /// <summary>
    /// Everybody who is in the session now: its client, or, in a group, all whose session goes on. Who may still join is guarded, too:
    /// a start writes to its client's care stream, and so does a recorder, so neither of the two can miss the other.
    /// </summary>
    private static async Task<RecordedParticipant[]> Participants(FactLoader facts, TherapySession session, CancellationToken ct)
    {
        var members = session.Booked.GroupId is { } groupId ? await facts.Guard<SessionGroup>(SessionGroup.StreamId(groupId), ct) : null;
        var participants = new List<RecordedParticipant>();
        foreach (var id in members?.Members.Select(m => m.SessionId) ?? [session.SessionId])
            if (await facts.Load<TherapySession>(TherapySession.StreamId(id), ct) is { } member && (member.IsOngoing || member.Status == SessionStatus.Scheduled))
            {
                var care = await facts.Guard<ClientCare>(ClientCare.StreamId(member.ClientId), ct);
                if (member.IsOngoing) participants.Add(new RecordedParticipant(member, care));
            }
        return [.. participants];
    }

    private static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}

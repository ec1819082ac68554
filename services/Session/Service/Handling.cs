using Clinic.Contracts.Messaging;
using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Messaging;
using Clinic.Session.Domain;

namespace Clinic.Session.Service;

/// <summary>
/// Each command's line: its stream, its validator, its handler. What decides about a client reads the client's care stream and
/// is appended behind the version it read, so a withdrawal that arrives meanwhile makes it decide again.
/// </summary>
internal static class Handling
{
    public const string Service = "session";

    public static Task<CommandAccepted> BookSession(CommandScope scope, BookSession command, CancellationToken ct) =>
        scope.Execute<BookSession, TherapySession, BookingFacts>(command, new BookSessionValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) => new BookingFacts(scope.Actor, await facts.Guard<ClientCare>(ClientCare.StreamId(command.ClientId), token)),
            BookSessionAggregateHandler.Handle, ct);

    public static CommandHandler<StartSession> StartSession(Database database) => (scope, command, ct) =>
        scope.Execute<StartSession, TherapySession, StartFacts>(command, new StartSessionValidator(), TherapySession.StreamId(command.SessionId),
            async (facts, token) =>
            {
                var session = await facts.Load<TherapySession>(TherapySession.StreamId(command.SessionId), token);
                var care = session is null ? null : await facts.Guard<ClientCare>(ClientCare.StreamId(session.ClientId), token);
                var consent = await Freshness.Of(database, "consent", token);
                var intake = await Freshness.Of(database, "intake", token);
                return new StartFacts(scope.Actor, care, consent.Age, intake.Age, consent.GapOpen || intake.GapOpen);
            },
            StartSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EndSession(CommandScope scope, EndSession command, CancellationToken ct) =>
        scope.Execute<EndSession, TherapySession>(command, new EndSessionValidator(), TherapySession.StreamId(command.SessionId),
            EndSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CancelSession(CommandScope scope, CancelSession command, CancellationToken ct) =>
        scope.Execute<CancelSession, TherapySession>(command, new CancelSessionValidator(), TherapySession.StreamId(command.SessionId),
            CancelSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> StopSession(CommandScope scope, StopSession command, CancellationToken ct) =>
        scope.Execute<StopSession, TherapySession>(command, new StopSessionValidator(), TherapySession.StreamId(command.SessionId),
            StopSessionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteConsent(CommandScope scope, NoteConsent command, CancellationToken ct) =>
        scope.Execute<NoteConsent, ClientCare>(command, null, ClientCare.StreamId(command.ClientId), NoteConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteSuitability(CommandScope scope, NoteSuitability command, CancellationToken ct) =>
        scope.Execute<NoteSuitability, ClientCare>(command, null, ClientCare.StreamId(command.ClientId), NoteSuitabilityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteEmergencyPlan(CommandScope scope, NoteEmergencyPlan command, CancellationToken ct) =>
        scope.Execute<NoteEmergencyPlan, ClientCare>(command, null, ClientCare.StreamId(command.ClientId), NoteEmergencyPlanAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteCrisis(CommandScope scope, NoteCrisis command, CancellationToken ct) =>
        scope.Execute<NoteCrisis, ClientCare>(command, null, ClientCare.StreamId(command.ClientId), NoteCrisisAggregateHandler.Handle, ct);
}

using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Contracts.Session;
using Clinic.Feedback.Domain;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Feedback.Service.Reactions;

/// <summary>Session's facts: who treats whom how, who waits for an answer, who is at risk, who stops.</summary>
internal sealed class WhenSessionSpeaks(Handling handle)
{
    public Task Scheduled(SessionScheduled e, Reaction reaction, CancellationToken ct) => handle.NoteSupporter(Scope(reaction),
        new NoteSupporter(e.ClientId, e.PractitionerId, e.Modality, reaction.Producer, reaction.Message.Sequence, e.TimeZone), ct);

    public Task Started(SessionStarted e, Reaction reaction, CancellationToken ct) => handle.NoteSupporter(Scope(reaction),
        new NoteSupporter(e.ClientId, e.PractitionerId, e.Modality, reaction.Producer, reaction.Message.Sequence), ct);

    public Task Sent(MessageSent e, Reaction reaction, CancellationToken ct) => handle.NoteMessage(Scope(reaction), new NoteMessage(
        e.ClientId, e.ThreadId, e.MessageId, e.Direction == Directions.FromClient, e.AuthorRole is Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter,
        e.Channel is Channels.Email or Channels.Forum, e.SentAt, e.TimeZone), ct);

    /// <summary>A slight risk stays with the session; any other is a case.</summary>
    public Task Risk(RiskEventRaised e, Reaction reaction, CancellationToken ct) => e.Severity == Severities.Low ? Task.CompletedTask
        : handle.NoteRisk(Scope(reaction), new RaiseAlert(ReportedRisk.AlertId(e.RiskId), e.ClientId, e.RiskId, Urgent: e.Severity == Severities.High), ct);

    public Task Stopped(SessionStopped e, Reaction reaction, CancellationToken ct) => Stop(e.ClientId, e.By, reaction, ct);

    public Task CourseStopped(CourseStopped e, Reaction reaction, CancellationToken ct) => Stop(e.ClientId, e.By, reaction, ct);

    private Task Stop(string clientId, string by, Reaction reaction, CancellationToken ct) => by == Parties.Client
        ? handle.StopCare(Scope(reaction), new StopCare(clientId), ct)
        : Task.CompletedTask;

    private static CommandScope Scope(Reaction reaction) => reaction.Scope(Handling.Service, TimeProvider.System);
}

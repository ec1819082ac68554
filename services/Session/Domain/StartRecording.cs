using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class StartRecordingValidator : AbstractValidator<StartRecording>
{
    public StartRecordingValidator() => RuleFor(c => c.SessionId).MustBeId();
}

/// <summary>One client in the room, and what is known of them.</summary>
public sealed record RecordedParticipant(TherapySession Session, ClientCare? Care);

/// <param name="Participants">Everybody in the room: the session's client, or all of the group who are there.</param>
/// <param name="ConsentFactsAge">Since consent was last heard, heartbeat or event.</param>
/// <param name="GapOpen">A message of consent is missing; it may be anybody's withdrawal.</param>
public sealed record RecordingFacts(
    Actor By, RecordedParticipant[] Participants, TimeSpan ConsentFactsAge, bool GapOpen);

/// <summary>What switches a recorder off.</summary>
/// <param name="Running">Whom the recorder runs for: everybody who was recorded together and has not left.</param>
public sealed record RecorderFacts(Actor By, RecordedSession[] Running);

public static class StartRecordingAggregateHandler
{
    public static object[] Handle(
        StartRecording command, TherapySession? state, RecordingFacts facts, DateTimeOffset now)
    {
        facts.By.MustBeClinician();
        var session = state.Ongoing();
        if (session.Recording) return [];
        if (session.Locked) throw new RuleViolation("session_locked", "Somebody was in it who should not be.", "sessionId");

        // Unknown is not agreed: what is stale or incomplete may hide a withdrawal (domain rule 2.3.1).
        if (facts.GapOpen || facts.ConsentFactsAge > StartGate.FactsAreFreshFor)
            return
            [
                new RecordingRefused(session.SessionId, session.ClientId, Math.Max(1, facts.Participants.Length)),
                new RuleViolation("facts_stale", "Whether everybody agrees to recording is not known right now.")
            ];

        // Domain rule 2.3.4: everybody's consent, or the recorder stays off.
        var consents = facts.Participants.Select(p => p.Care?.Recording(now)).ToArray();
        var missing = consents.Count(consent => consent is null);
        if (consents.Length == 0 || missing > 0)
            return
            [
                new RecordingRefused(session.SessionId, session.ClientId, Math.Max(1, missing)),
                new RuleViolation("recording_consent_missing", "Not everybody in the session has agreed to recording.")
            ];

        var together = facts.Participants
            .Select(p => new RecordedSession(p.Session.SessionId, p.Session.ClientId)).ToArray();
        return
        [
            new RecordingStarted(
                session.SessionId, session.ClientId, [.. consents.Select(c => c!.DirectiveId).Order(StringComparer.Ordinal)]),
            .. facts.Participants.SelectMany(p => new object[]
            {
                new ForStream(
                    ClientCare.StreamId(p.Session.ClientId), typeof(ClientCare),
                    new RecordingListed(p.Session.ClientId, p.Session.SessionId, On: true, together))
            }),
            .. facts.Participants.Where(p => p.Session.SessionId != session.SessionId).Select(p => new ForStream(
                p.Session.Id, typeof(TherapySession),
                new RecordingStarted(
                    p.Session.SessionId, p.Session.ClientId, [p.Care!.Recording(now)!.DirectiveId])))
        ];
    }
}

public sealed class StopRecordingValidator : AbstractValidator<StopRecording>
{
    public StopRecordingValidator() => RuleFor(c => c.SessionId).MustBeId();
}

public static class StopRecordingAggregateHandler
{
    public static object[] Handle(
        StopRecording command, TherapySession? state, RecorderFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(Parties.Client);
        var session = state.Known();
        return Recorder.Off(facts.Running, RecordingStopped.Requested, session.Id);
    }
}

using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class StartSessionValidator : AbstractValidator<StartSession>
{
    public StartSessionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Jurisdiction).MustBeJurisdiction();
    }
}

/// <summary>What the gate reads. Append with the client's care stream at the version read here.</summary>
/// <param name="ConsentFactsAge">Since consent was last heard, heartbeat or event; MaxValue if never.</param>
/// <param name="IntakeFactsAge">The same of intake.</param>
/// <param name="GapOpen">A message of either is missing; it may concern anyone.</param>
public sealed record StartFacts(
    Actor By, ClientCare? Care, TimeSpan ConsentFactsAge, TimeSpan IntakeFactsAge, bool GapOpen)
{
    public SessionPolicy Policy { get; init; } = SessionPolicy.Default;

    /// <summary>Of the practitioner who holds the session.</summary>
    public Licences? Licences { get; init; }

    /// <summary>The session's platform, as the register has it.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Whoever starts it has logged in with two factors (S57).</summary>
    public bool StrongLogin { get; init; }

    /// <summary>What is known of other pseudonyms that are thought to be the same person (P15).</summary>
    public ClientCare[] Linked { get; init; } = [];

    /// <summary>Whom a recorder runs for in the session's group.</summary>
    public RecordedSession[] Recorded { get; init; } = [];

    /// <summary>The practitioner's sessions of today and yesterday.</summary>
    public PractitionerDay?[] Days { get; init; } = [];
}

public static class StartSessionAggregateHandler
{
    public static object[] Handle(StartSession command, TherapySession? state, StartFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not (Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem))
            throw new RuleViolation("role_not_permitted", "A session is started by clinic staff.");
        state = state.Known();
        if (state.IsOngoing)
            return [];
        if (state.Status != SessionStatus.Scheduled)
            throw new RuleViolation("session_closed", "The session is over or was called off.", "sessionId");

        // Domain rule 2.3.6.
        if (facts.Care?.Sessions.Any(s => s.InProgress) is true)
            throw new RuleViolation("client_in_session", "The client is in another session.", "sessionId");
        if (facts.Days.Any(day => day?.IsBusy(state.Booked.GroupId) is true))
            throw new RuleViolation("practitioner_in_session", "The practitioner is in another session.", "sessionId");

        var checks = StartGate.Evaluate(command, state, facts, now);
        var failed = checks.Where(check => !check.Passed).Select(check => check.Name).ToArray();
        var jurisdiction = StartGate.Jurisdiction(command, state, facts.Policy, now);
        var evaluated = new SessionGateEvaluated(
            state.SessionId, state.ClientId, checks, failed.Length == 0, jurisdiction);
        if (failed.Length > 0)
            return [evaluated, new RuleViolation("gate_failed", $"The session may not begin: {string.Join(", ", failed)}.")];

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return
        [
            evaluated,
            new SessionStarted(
                state.SessionId, state.ClientId, state.PractitionerId, state.Modality, jurisdiction, now, today,
                CueProfiles.Of(state.Modality), state.Booked.GroupId),
            new ForStream(
                ClientCare.StreamId(state.ClientId), typeof(ClientCare),
                new SessionOpened(state.ClientId, state.SessionId, state.PractitionerId, today)),
            new ForStream(
                PractitionerDay.StreamId(state.PractitionerId, today), typeof(PractitionerDay),
                new PractitionerEngaged(state.PractitionerId, today, state.SessionId, state.Booked.GroupId)),
            .. facts.Recorded.Length == 0
                ? []
                // Domain rule 2.3.4: who has not agreed is not recorded, so nobody is. The gate has seen that the facts are fresh.
                : facts.Care!.Recording(now) is { } agreed
                    ? Recorder.Join(new RecordedSession(state.SessionId, state.ClientId), agreed, facts.Recorded, state.Id)
                    : Recorder.Off(facts.Recorded, RecordingStopped.ParticipantJoined, state.Id)
        ];
    }
}

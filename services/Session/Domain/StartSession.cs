using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class StartSessionValidator : AbstractValidator<StartSession>
{
    public StartSessionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Jurisdiction).NotNull().Matches(@"\A[A-Z]{2}(-[A-Z0-9]{1,3})?\z");
    }
}

/// <summary>What the gate reads. Append with the client's care stream at the version read here.</summary>
/// <param name="ConsentFactsAge">Since consent was last heard, heartbeat or event; MaxValue if never.</param>
/// <param name="IntakeFactsAge">The same of intake.</param>
/// <param name="GapOpen">A message of either is missing; it may concern anyone.</param>
public sealed record StartFacts(
    Actor By, ClientCare? Care, TimeSpan ConsentFactsAge, TimeSpan IntakeFactsAge, bool GapOpen);

public static class StartSessionAggregateHandler
{
    public static object[] Handle(StartSession command, TherapySession? state, StartFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not (Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem))
            throw new RuleViolation("role_not_permitted", "A session is started by clinic staff.");
        if (state is null)
            throw new RuleViolation("session_unknown", "There is no such session.", "sessionId");
        if (state.Status == SessionStatus.InProgress)
            return [];
        if (state.Status != SessionStatus.Scheduled)
            throw new RuleViolation("session_closed", "The session is over or was called off.", "sessionId");

        // Domain rule 2.3.6.
        if (facts.Care?.Sessions.Any(s => s.InProgress) is true)
            throw new RuleViolation("client_in_session", "The client is in another session.", "sessionId");

        var checks = StartGate.Evaluate(command, state, facts, now);
        var passed = checks.All(check => check.Passed);
        var evaluated = new SessionGateEvaluated(state.SessionId, state.ClientId, checks, passed);
        if (!passed) return [evaluated];

        return
        [
            evaluated,
            new SessionStarted(
                state.SessionId, state.ClientId, state.PractitionerId, state.Modality, command.Jurisdiction, now),
            new ForStream(
                ClientCare.StreamId(state.ClientId), typeof(ClientCare),
                new SessionOpened(state.ClientId, state.SessionId))
        ];
    }
}

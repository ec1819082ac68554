using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class ProposeModalityValidator : AbstractValidator<ProposeModality>
{
    public ProposeModalityValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Modality).MustBeOneOf(Modalities.All);
        RuleFor(c => c.By).MustBeParty();
    }
}

public static class ProposeModalityAggregateHandler
{
    public static object[] Handle(ProposeModality command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(command.By);
        var session = state.Known();
        if (session.Status != SessionStatus.Scheduled && !session.IsOngoing)
            throw new RuleViolation("session_closed", "The session is over or was called off.", "sessionId");
        if (session.Modality == command.Modality) return [];
        var proposed = new ModalityChangeProposed(session.SessionId, session.ClientId, command.Modality, command.By);
        return session.Proposal == proposed ? [] : [proposed];
    }
}

public sealed class AnswerModalityValidator : AbstractValidator<AnswerModality>
{
    public AnswerModalityValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Modality).MustBeOneOf(Modalities.All);
        RuleFor(c => c.By).MustBeParty();
    }
}

/// <summary>What an answer is judged by. Append with the client's care stream at the version read here.</summary>
public sealed record ModalityFacts(Actor By, ClientCare? Care);

public static class AnswerModalityAggregateHandler
{
    public static object[] Handle(AnswerModality command, TherapySession? state, ModalityFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(command.By);
        var session = state.Known();
        if (session.Proposal?.Modality != command.Modality)
            return command.Accept && session.Modality == command.Modality
                ? []
                : throw new RuleViolation("nothing_proposed", "This was not proposed, or was answered.", "modality");
        // Nobody accepts in the other's name what they have proposed themselves.
        if (session.Proposal.By == command.By)
            throw new RuleViolation("own_proposal", "The other party answers.", "by");

        // S22: no reason, and nothing else changes.
        if (!command.Accept)
            return [new ModalityChangeDeclined(session.SessionId, session.ClientId, command.Modality)];

        var instant = session.IsOngoing ? now : session.StartsAt;
        if (facts.Care?.Modality(command.Modality, instant) is null)
            throw new RuleViolation(
                "modality_consent_missing", "The client has not consented to this modality.", "modality");
        if (facts.Care.Suitability?.Allows(command.Modality, now) is not true)
            throw new RuleViolation("suitability_refused", "This modality was not found suitable.", "modality");

        return
        [
            new ModalityChangeAccepted(
                session.SessionId, session.ClientId, command.Modality, CueProfiles.Of(command.Modality)),
            new ForStream(
                ClientCare.StreamId(session.ClientId), typeof(ClientCare),
                new SessionRelisted(
                    session.ClientId, session.SessionId, command.Modality, session.StartsAt, session.PlatformId))
        ];
    }
}

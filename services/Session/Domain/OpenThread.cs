using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class OpenThreadValidator : AbstractValidator<OpenThread>
{
    public OpenThreadValidator()
    {
        RuleFor(c => c.ThreadId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.PractitionerId).MustBeId();
        RuleFor(c => c.Channel).MustBeOneOf(Channels.All);
        RuleFor(c => c.TimeZone).MustBeTimeZone();
        RuleFor(c => c.ReplyWithinHours).InclusiveBetween(1, 336).When(c => c.ReplyWithinHours is not null);
        RuleFor(c => c.GroupId).MustBeId().When(c => c.GroupId is not null || c.Channel == Channels.Forum);
        RuleFor(c => c.GroupId).Null().When(c => c.Channel != Channels.Forum).WithMessage("is for a forum only");
    }
}

/// <summary>What the decision reads. Append with the client's care stream at the version read here.</summary>
public sealed record ThreadFacts(Actor By, ClientCare? Care, SessionPolicy Policy)
{
    /// <summary>Of who is to answer; null of somebody who never held one.</summary>
    public Licences? Licences { get; init; }
}

public static class OpenThreadAggregateHandler
{
    public static object[] Handle(OpenThread command, AsyncThread? state, ThreadFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(Parties.Client);
        if (state is not null)
            return (state.ClientId, state.PractitionerId, state.Channel, state.GroupId)
                == (command.ClientId, command.PractitionerId, command.Channel, command.GroupId)
                ? []
                : throw new RuleViolation("thread_exists", "This id belongs to another thread.", "threadId");
        // A client who knew a group's id could read along.
        if (command.GroupId is not null && !facts.By.IsStaff())
            throw new RuleViolation("role_not_permitted", "A client is put into a group by clinic staff.", "groupId");
        if (facts.Care?.Treatment(now) is null)
            throw new RuleViolation("consent_missing", "No consent to treatment holds.", "clientId");
        if (facts.Care.Modality(Modalities.Text, now) is null)
            throw new RuleViolation("modality_consent_missing", "No consent to writing holds.", "channel");

        // P7: whose licences have all ended is replaced first; who never held one, a peer or a trainee, answers under supervision
        var unlicensed = facts.Licences is { } licences && !licences.Any(now);
        return
        [
            new ThreadOpened(
                command.ThreadId, command.ClientId, command.PractitionerId, command.Channel, command.TimeZone,
                command.ReplyWithinHours ?? facts.Policy.ReplyWithinHours, ThreadOpened.NotForEmergencies, facts.By.Id,
                command.GroupId),
            .. unlicensed
                ?
                [
                    new ThreadReassignmentNeeded(
                        command.ThreadId, command.ClientId, command.PractitionerId, ThreadReassignmentNeeded.LicenceEnded)
                ]
                : Array.Empty<object>(),
            .. command.GroupId is { } groupId
                ?
                [
                    new ForStream(
                        ForumGroup.StreamId(groupId), typeof(ForumGroup),
                        new ForumJoined(groupId, command.ThreadId, command.ClientId, command.PractitionerId))
                ]
                : Array.Empty<object>()
        ];
    }
}

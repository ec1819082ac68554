using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class RetractMessageValidator : AbstractValidator<RetractMessage>
{
    public RetractMessageValidator()
    {
        RuleFor(c => c.ThreadId).MustBeId();
        RuleFor(c => c.MessageId).MustBeId();
    }
}

/// <param name="Others">Threads of the other participants of a group, each with a copy of its entries.</param>
public sealed record RetractionFacts(Actor By, AsyncThread[] Others);

public static class RetractMessageAggregateHandler
{
    public static object[] Handle(
        RetractMessage command, AsyncThread? state, RetractionFacts facts, DateTimeOffset now)
    {
        var thread = state.Known();
        var message = thread.Message(command.MessageId)
            ?? throw new RuleViolation("message_unknown", "There is no such message.", "messageId");
        if (message.AuthorId != facts.By.Id)
            throw new RuleViolation("not_the_author", "Only its author retracts a message.", "messageId");
        MessageRetracted Hidden(AsyncThread copy) => new(copy.ClientId, copy.ThreadId, message.MessageId, DisplayOnly: true);
        return
        [
            .. message.Retracted ? [] : new object[] { Hidden(thread) },
            .. facts.Others
                .Where(other => other.GroupId == thread.GroupId && other.Id != thread.Id
                    && other.Message(message.MessageId) is { Retracted: false })
                .Select(other => new ForStream(other.Id, typeof(AsyncThread), Hidden(other)))
        ];
    }
}

public sealed class SetSharingLevelValidator : AbstractValidator<SetSharingLevel>
{
    public SetSharingLevelValidator()
    {
        RuleFor(c => c.ThreadId).MustBeId();
        RuleFor(c => c.ItemId).MustBeId();
        RuleFor(c => c.Level).MustBeOneOf(SharingLevels.All);
    }
}

public static class SetSharingLevelAggregateHandler
{
    public static object[] Handle(SetSharingLevel command, AsyncThread? state, Actor by, DateTimeOffset now)
    {
        var thread = state.Known();
        var message = thread.Message(command.ItemId)
            ?? throw new RuleViolation("message_unknown", "There is no such message.", "itemId");
        if (by.Role is not Roles.Client || message.AuthorId != by.Id)
            throw new RuleViolation("not_the_author", "The client decides how far the client's items go.", "itemId");
        return message.SharingLevel == command.Level
            ? []
            : [new SharingLevelSet(thread.ClientId, thread.ThreadId, message.MessageId, command.Level)];
    }
}

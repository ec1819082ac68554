using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class SaveDraftValidator : AbstractValidator<SaveDraft>
{
    public SaveDraftValidator()
    {
        RuleFor(c => c.ThreadId).MustBeId();
        RuleFor(c => c.MessageId).MustBeId();
        RuleFor(c => c.Text).MustBeText();
        RuleFor(c => c.Labels).NotNull().MustBeLabels();
        RuleFor(c => c.InReplyTo).MustBeId().When(c => c.InReplyTo is not null || c.InReplyToPart is not null);
        RuleFor(c => c.InReplyToPart).MustBeCode().When(c => c.InReplyToPart is not null);
    }
}

public static class SaveDraftAggregateHandler
{
    public static object[] Handle(SaveDraft command, AsyncThread? state, Actor by, DateTimeOffset now)
    {
        var thread = state.Open();
        by.MustBeIn(thread);
        if (thread.Message(command.MessageId) is not null)
            throw new RuleViolation("message_exists", "This message was sent.", "messageId");
        if (Array.Exists(thread.Drafts, d => d.MessageId == command.MessageId && d.AuthorId != by.Id))
            throw new RuleViolation("message_exists", "This id belongs to another message.", "messageId");

        if (thread.Draft(command.MessageId, by.Id) is { } saved && saved.Text == (Personal<string>)command.Text
            && saved.Labels.SequenceEqual(command.Labels)
            && (saved.InReplyTo, saved.InReplyToPart) == (command.InReplyTo, command.InReplyToPart))
            return [];
        return
        [
            new DraftSaved(
                thread.ThreadId, thread.ClientId, command.MessageId, by.Id, command.Labels, command.Text,
                command.InReplyTo, command.InReplyToPart)
        ];
    }
}

public sealed class DiscardDraftValidator : AbstractValidator<DiscardDraft>
{
    public DiscardDraftValidator()
    {
        RuleFor(c => c.ThreadId).MustBeId();
        RuleFor(c => c.MessageId).MustBeId();
    }
}

public static class DiscardDraftAggregateHandler
{
    public static object[] Handle(DiscardDraft command, AsyncThread? state, Actor by, DateTimeOffset now)
    {
        var thread = state.Known();
        by.MustBeIn(thread);
        return thread.Draft(command.MessageId, by.Id) is null
            ? []
            : [new DraftDiscarded(thread.ThreadId, thread.ClientId, command.MessageId)];
    }
}

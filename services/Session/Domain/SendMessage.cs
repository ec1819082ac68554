using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class SendMessageValidator : AbstractValidator<SendMessage>
{
    public SendMessageValidator()
    {
        RuleFor(c => c.ThreadId).MustBeId();
        RuleFor(c => c.MessageId).MustBeId();
        RuleFor(c => c.Text).MustBeText().When(c => c.Text is not null);
        RuleFor(c => c.Labels).MustBeLabels();
        RuleFor(c => c.SharingLevel).MustBeOneOf(SharingLevels.All).When(c => c.SharingLevel is not null);
        RuleFor(c => c.InReplyTo).MustBeId().When(c => c.InReplyTo is not null || c.InReplyToPart is not null);
        RuleFor(c => c.InReplyToPart).MustBeCode().When(c => c.InReplyToPart is not null);
    }
}

public static class SendMessageAggregateHandler
{
    public static object[] Handle(SendMessage command, AsyncThread? state, WritingFacts facts, DateTimeOffset now)
    {
        var thread = state.Known();
        var by = facts.By;
        by.MustBeIn(thread);
        if (thread.Message(command.MessageId) is { } sent)
            return sent.AuthorId == by.Id && (command.Text is null || sent.Text == (Personal<string>)command.Text)
                ? []
                : throw new RuleViolation("message_exists", "This id belongs to another message.", "messageId");
        thread.Open();
        if (thread.GroupId is not null)
            throw new RuleViolation("group_thread", "In a group one writes to everybody.", "threadId");

        // After the end of treatment, or of writing, nobody writes on; what was written stays readable.
        if (facts.Care?.Treatment(now) is null)
            throw new RuleViolation("consent_missing", "No consent to treatment holds.", "threadId");
        if (facts.Care.Modality(Modalities.Text, now) is null)
            throw new RuleViolation("modality_consent_missing", "No consent to writing holds.", "threadId");

        var draft = thread.Draft(command.MessageId, by.Id);
        var text = command.Text ?? draft?.Text.Value
            ?? throw new RuleViolation("draft_unknown", "There is no text and no draft to send.", "messageId");
        var inReplyTo = command.InReplyTo ?? draft?.InReplyTo;
        if (inReplyTo is not null && thread.Message(inReplyTo) is null)
            throw new RuleViolation("message_unknown", "There is no such message to answer.", "inReplyTo");
        var fromClient = by.Role is Roles.Client;
        // How far something goes is the client's to decide, for what the client wrote (S20).
        if (command.SharingLevel is not null && !fromClient)
            throw new RuleViolation("not_the_author", "The client decides how far the client's items go.", "sharingLevel");

        return
        [
            new MessageSent(
                thread.ClientId, thread.ThreadId, command.MessageId, by.Id, by.Role,
                fromClient ? Directions.FromClient : Directions.ToClient, thread.Channel, now, thread.TimeZone,
                ThreadRules.Hash(facts.Salt, text), command.Labels ?? draft?.Labels ?? [],
                command.SharingLevel ?? SharingLevels.Disclosable, now + facts.Policy.GapAfter, text, facts.Salt,
                inReplyTo, command.InReplyToPart ?? draft?.InReplyToPart)
        ];
    }
}

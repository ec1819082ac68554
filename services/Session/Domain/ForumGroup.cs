using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed record ForumJoined(string GroupId, string ThreadId, string ClientId, string PractitionerId);

public sealed record ForumEntryPosted(string GroupId, string MessageId, string AuthorId, string ContentHash);

/// <summary>A group that writes to each other; every participant has a thread of their own.</summary>
/// <param name="Entries">Only that there was one, by whom, and its hash: the words are with each participant.</param>
public sealed record ForumGroup(string Id, string GroupId, ForumJoined[] Participants, ForumEntryPosted[] Entries)
{
    public long Version { get; init; }

    public static string StreamId(string groupId) => $"forum-{groupId}";

    public static ForumGroup Create(ForumJoined e) => new(StreamId(e.GroupId), e.GroupId, [e], []);

    public ForumGroup Apply(ForumJoined e) => this with { Participants = [.. Participants, e] };

    public ForumGroup Apply(ForumEntryPosted e) => this with { Entries = [.. Entries, e] };
}

public sealed class PostToGroupValidator : AbstractValidator<PostToGroup>
{
    public PostToGroupValidator()
    {
        RuleFor(c => c.GroupId).MustBeId();
        RuleFor(c => c.MessageId).MustBeId();
        RuleFor(c => c.Text).MustBeText();
        RuleFor(c => c.Labels).NotNull().MustBeLabels();
    }
}

/// <param name="Threads">Of the participants; who has left has a closed one.</param>
public sealed record GroupFacts(Actor By, string Salt, AsyncThread[] Threads);

public static class PostToGroupAggregateHandler
{
    public static object[] Handle(PostToGroup command, ForumGroup? state, GroupFacts facts, DateTimeOffset now)
    {
        var by = facts.By;
        var open = facts.Threads.Where(thread => thread.Status != ThreadStatus.Closed).ToArray();
        // A stranger is not told whether the group exists.
        if (state is null || !open.Any(thread =>
                by.Id == (by.Role is Roles.Client ? thread.ClientId : thread.PractitionerId)))
            throw new RuleViolation("not_in_group", "Only participants and the group's supporter write in it.", "groupId");
        if (state.Entries.FirstOrDefault(entry => entry.MessageId == command.MessageId) is { } posted)
            return posted.AuthorId == by.Id
                ? []
                : throw new RuleViolation("message_exists", "This id belongs to another entry.", "messageId");

        var hash = ThreadRules.Hash(facts.Salt, command.Text);
        return
        [
            new ForumEntryPosted(state.GroupId, command.MessageId, by.Id, hash),
            .. open.Select(thread => new ForStream(
                thread.Id, typeof(AsyncThread),
                new GroupEntryWritten(
                    thread.ClientId, thread.ThreadId, state.GroupId, command.MessageId, by.Id, by.Role,
                    by.Role is Roles.Client ? by.Id : thread.ClientId, now, hash, command.Labels, command.Text, facts.Salt)))
        ];
    }
}

using Clinic.Contracts.Messaging;
using Clinic.Contracts.Session;
using Clinic.Hosting;
using Clinic.Session.Domain;

namespace Clinic.Session.Service;

internal sealed partial class Handling
{
    public Task<CommandAccepted> OpenThread(CommandScope scope, OpenThread command, CancellationToken ct) =>
        scope.Execute<OpenThread, AsyncThread, ThreadFacts>(command, new OpenThreadValidator(), AsyncThread.StreamId(command.ThreadId),
            async (facts, token) => new ThreadFacts(scope.Actor, await facts.Guard<ClientCare>(ClientCare.StreamId(command.ClientId), token), policy)
            {
                Licences = await facts.Guard<Licences>(Licences.StreamId(command.PractitionerId), token)
            },
            OpenThreadAggregateHandler.Handle, ct);

    public Task<CommandAccepted> SendMessage(CommandScope scope, SendMessage command, CancellationToken ct) =>
        scope.Execute<SendMessage, AsyncThread, WritingFacts>(command, new SendMessageValidator(), AsyncThread.StreamId(command.ThreadId),
            async (facts, token) =>
            {
                var thread = await facts.Load<AsyncThread>(AsyncThread.StreamId(command.ThreadId), token);
                return new WritingFacts(scope.Actor, NewSalt(), policy,
                    thread is null ? null : await facts.Guard<ClientCare>(ClientCare.StreamId(thread.ClientId), token));
            }, SendMessageAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> PostToGroup(CommandScope scope, PostToGroup command, CancellationToken ct) =>
        scope.Execute<PostToGroup, ForumGroup, GroupFacts>(command, new PostToGroupValidator(), ForumGroup.StreamId(command.GroupId),
            async (facts, token) => new GroupFacts(scope.Actor, NewSalt(), await Copies(facts, command.GroupId, token)),
            PostToGroupAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SaveDraft(CommandScope scope, SaveDraft command, CancellationToken ct) =>
        scope.Execute<SaveDraft, AsyncThread>(command, new SaveDraftValidator(), AsyncThread.StreamId(command.ThreadId),
            SaveDraftAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> DiscardDraft(CommandScope scope, DiscardDraft command, CancellationToken ct) =>
        scope.Execute<DiscardDraft, AsyncThread>(command, new DiscardDraftValidator(), AsyncThread.StreamId(command.ThreadId),
            DiscardDraftAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RetractMessage(CommandScope scope, RetractMessage command, CancellationToken ct) =>
        scope.Execute<RetractMessage, AsyncThread, RetractionFacts>(command, new RetractMessageValidator(), AsyncThread.StreamId(command.ThreadId),
            async (facts, token) =>
            {
                var thread = await facts.Load<AsyncThread>(AsyncThread.StreamId(command.ThreadId), token);
                return new RetractionFacts(scope.Actor, thread?.GroupId is { } group ? await Copies(facts, group, token) : []);
            }, RetractMessageAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SetSharingLevel(CommandScope scope, SetSharingLevel command, CancellationToken ct) =>
        scope.Execute<SetSharingLevel, AsyncThread>(command, new SetSharingLevelValidator(), AsyncThread.StreamId(command.ThreadId),
            SetSharingLevelAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReassignThread(CommandScope scope, ReassignThread command, CancellationToken ct) =>
        scope.Execute<ReassignThread, AsyncThread>(command, new ReassignThreadValidator(), AsyncThread.StreamId(command.ThreadId),
            ReassignThreadAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CloseThread(CommandScope scope, CloseThread command, CancellationToken ct) =>
        scope.Execute<CloseThread, AsyncThread>(command, new CloseThreadValidator(), AsyncThread.StreamId(command.ThreadId),
            CloseThreadAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> DetectGap(CommandScope scope, DetectGap command, CancellationToken ct) =>
        scope.Execute<DetectGap, AsyncThread>(command, null, AsyncThread.StreamId(command.ThreadId),
            DetectGapAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> FlagThread(CommandScope scope, FlagThread command, CancellationToken ct) =>
        scope.Execute<FlagThread, AsyncThread>(command, null, AsyncThread.StreamId(command.ThreadId),
            FlagThreadAggregateHandler.Handle, ct);

    /// <summary>The threads of everybody who ever took part in a group.</summary>
    private static async Task<AsyncThread[]> Copies(FactLoader facts, string groupId, CancellationToken ct)
    {
        var group = await facts.Load<ForumGroup>(ForumGroup.StreamId(groupId), ct);
        var threads = new List<AsyncThread>();
        foreach (var participant in group?.Participants ?? [])
            if (await facts.Load<AsyncThread>(AsyncThread.StreamId(participant.ThreadId), ct) is { } thread) threads.Add(thread);
        return [.. threads];
    }
}

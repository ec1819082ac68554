using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Http;

/// <summary>One thread with its words, as far as its reader may see them.</summary>
internal static class ThreadQueries
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/clients/{clientId}/threads/{threadId}", async (
            string clientId, string threadId, HttpContext http, ClinicalRead read, IEventStore store, CancellationToken ct) =>
        {
            if (!Ids.AreValid(threadId)) throw new MalformedException("threadId", $"'threadId' {Ids.Rule}.");
            var thread = (await store.Load<AsyncThread>(http.Admission().Actor.Tenant, AsyncThread.StreamId(threadId), default, ct)).State;
            var actor = await read.Record(clientId, "thread", ct, followsLog: false, practitionerId: thread?.PractitionerId);
            return thread?.ClientId == clientId ? TypedResults.Ok(Show(thread, actor)) : throw new NotFoundException();
        }).WithName("thread").WithTags("queries");

    private static ThreadAnswer Show(AsyncThread thread, Actor reader) => new(
        thread.ThreadId, thread.ClientId, thread.PractitionerId, thread.Channel, thread.Status.ToString(), thread.ReplyWithinHours, ThreadOpened.NotForEmergencies,
        [.. thread.Messages.Select(message => Show(message, thread, reader))],
        [.. thread.Drafts.Where(draft => draft.AuthorId == reader.Id).Select(draft => new DraftAnswer(draft.MessageId, Open(draft.Text), draft.Labels, draft.InReplyTo, draft.InReplyToPart))]);

    private static MessageAnswer Show(ThreadMessage message, AsyncThread thread, Actor reader)
    {
        var inIt = reader.Id == thread.ClientId || reader.Id == thread.PractitionerId;
        // a retracted text is hidden from everybody; it is still in the log
        var withheld = message.Retracted ? "retracted" : !inIt && message.SharingLevel == SharingLevels.Private ? "sharing-level" : null;
        return new MessageAnswer(message.MessageId, message.AuthorFor(reader), message.AuthorRole, message.SentAt, message.Labels, message.SharingLevel, message.ContentHash,
            withheld is null ? Open(message.Text) : null, withheld, message.InReplyTo, message.InReplyToPart);
    }

    internal static string? Open(Personal<string> text) => text.IsErased ? null : text.Value;
}

/// <param name="Statement">What the client was told when it was opened.</param>
/// <param name="Drafts">The reader's own.</param>
internal sealed record ThreadAnswer(
    string ThreadId, string ClientId, string PractitionerId, string Channel, string Status, int ReplyWithinHours, string Statement, MessageAnswer[] Messages,
    DraftAnswer[] Drafts);

/// <param name="AuthorId">Null for a client who reads what another client of the group wrote.</param>
/// <param name="Text">Null when it is withheld or was erased.</param>
/// <param name="Withheld"><c>retracted</c> or <c>sharing-level</c>.</param>
internal sealed record MessageAnswer(
    string MessageId, string? AuthorId, string AuthorRole, DateTimeOffset SentAt, string[] Labels, string SharingLevel, string ContentHash, string? Text,
    string? Withheld, string? InReplyTo, string? InReplyToPart);

internal sealed record DraftAnswer(string MessageId, string? Text, string[] Labels, string? InReplyTo, string? InReplyToPart);

using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Domain;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service.Http;

/// <summary>
/// What this service owns and may hand over under a signed release: attendance, signed progress notes, messages. The view is recorded
/// before the content is read, and exactly the category, client, period and labels of the release are answered. Psychotherapy notes
/// are no category, so no release reaches them.
/// </summary>
internal static class ReleasedContent
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // that and when somebody came carries no label of its own
        app.Release("attendance", async (release, database, _, ct) => ReleasedItems.Of(release,
            (await Calendar.ReadAll(database, release.Tenant, release.ClientId, ct)).Where(s => release.Covers(s.StartsAt)), _ => [], _ => true,
            s => new AttendanceRow(s.StartsAt, s.Modality, s.Status, s.ActualMinutes)));

        app.Release("progress-notes", async (release, database, store, ct) => ReleasedItems.Of(release,
            (await NoteQueries.Signed(database, store, release.Tenant, release.ClientId, ct)).Where(note => release.Covers(note.Texts[0].At)),
            note => note.Labels, _ => true,
            note => new ProgressNoteRow(note.NoteId, note.SessionId, note.StartedAt, note.EndedAt, note.Texts[^1].Author, note.Texts[0].At,
                note.Texts[^1].ContentHash, note.Texts.Length - 1, ThreadQueries.Open(note.Texts[^1].Text))));

        app.Release("messages", async (release, database, store, ct) => ReleasedItems.Of(release,
            (await Messages(database, store, release, ct)).Where(message => !message.Retracted && release.Covers(message.SentAt)),
            message => message.Labels, message => message.SharingLevel == SharingLevels.Disclosable,
            message => new MessageRow(message.MessageId, message.AuthorRole, message.SentAt, message.InReplyTo, ThreadQueries.Open(message.Text))));
    }

    private static async Task<List<ThreadMessage>> Messages(Database database, IEventStore store, SignedRelease release, CancellationToken ct)
    {
        var messages = new List<ThreadMessage>();
        for (var page = new Page(Page.Most, []); ;)
        {
            var threads = await Threads.Of(database, release.Tenant, release.ClientId, page, ct);
            foreach (var row in threads)
                messages.AddRange((await store.Load<AsyncThread>(release.Tenant, AsyncThread.StreamId(row.ThreadId), default, ct)).State?.Messages ?? []);
            if (threads.Count < page.Limit) return [.. messages.OrderBy(m => m.SentAt).ThenBy(m => m.MessageId, StringComparer.Ordinal)];
            page = page with { After = Threads.Key(threads[^1]) };
        }
    }

    private static void Release<TRow>(this IEndpointRouteBuilder app, string category,
        Func<SignedRelease, Database, IEventStore, CancellationToken, Task<ReleasedItems<TRow>>> items) =>
        app.MapGet("/released/" + category, async Task<IResult> (
            HttpContext http, ReleaseVerifier verifier, ClinicalRead read, Database database, IEventStore store, CancellationToken ct) =>
        {
            var header = http.Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Release ", StringComparison.Ordinal) || await verifier.Verify(header["Release ".Length..]) is not { } release
                || release.Category != category)
                return TypedResults.Unauthorized();
            await read.RecordRelease(new Actor("consent", Roles.Service, release.Tenant, release.RecipientId),
                new RecordViewed(release.ClientId, release.RecipientId, Roles.Service, category, release.Purpose, release.Id), ct);
            return TypedResults.Ok(await items(release, database, store, ct));
            // the release is the credential here, not a person's token
        }).AllowAnonymous().WithName("released-" + category).WithTags("releases");
}

/// <summary>One session as another clinic is told of it.</summary>
internal sealed record AttendanceRow(DateTimeOffset StartsAt, string Modality, string Status, int? ActualMinutes);

/// <summary>One signed progress note as another clinic is given it: the text that holds.</summary>
/// <param name="Amendments">How often it was amended; earlier texts stay here.</param>
internal sealed record ProgressNoteRow(
    string NoteId, string? SessionId, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string Author, DateTimeOffset SignedAt, string ContentHash,
    int Amendments, string? Text);

/// <summary>One message as another clinic is given it.</summary>
internal sealed record MessageRow(string MessageId, string AuthorRole, DateTimeOffset SentAt, string? InReplyTo, string? Text);

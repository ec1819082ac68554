using Clinic.Contracts;
using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Session.Domain;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service.Http;

/// <summary>
/// Notes with their words. What a client, or anybody but its originator, is shown never holds a psychotherapy note, and says so
/// (45 CFR 164.524(a)(1)(i)).
/// </summary>
internal static class NoteQueries
{
    private static readonly string[] Omitted = ["psychotherapy-notes"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clients/{clientId}/notes", async (string clientId, ClinicalRead read, Database database, IEventStore store, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Notes.View.Name, ct);
            var notes = await Signed(database, store, actor.Tenant, clientId, ct);
            return TypedResults.Ok(new NotesAnswer([.. notes.Select(note => note.ShownTo(actor.Id)).OfType<ClinicalNote>().Select(Show)], Omitted));
        }).WithName("notes").WithTags("queries");

        app.MapGet("/clients/{clientId}/notes/{noteId}", async (string clientId, string noteId, HttpContext http, ClinicalRead read, IEventStore store, CancellationToken ct) =>
        {
            var (actor, note) = await Load(NoteKinds.Progress, "note", clientId, noteId, http, read, store, ct);
            return note.ShownTo(actor.Id) is { } shown ? TypedResults.Ok(Show(shown)) : throw new NotFoundException();
        }).WithName("note").WithTags("queries");

        app.MapGet("/clients/{clientId}/psychotherapy-notes/{noteId}", async (string clientId, string noteId, HttpContext http, ClinicalRead read, IEventStore store, CancellationToken ct) =>
        {
            var (actor, note) = await Load(NoteKinds.Psychotherapy, "psychotherapy-note", clientId, noteId, http, read, store, ct);
            if (note.AuthorId == actor.Id) return TypedResults.Ok(Show(note));
            await Handling.DenyPsychotherapyNote(Recording(http, actor), new DenyPsychotherapyNote(noteId), ct);
            throw new ForbiddenException("A psychotherapy note is shown to its originator only.", "originator_only");
        }).WithName("psychotherapy-note").WithTags("queries");
    }

    /// <summary>A client's signed progress notes.</summary>
    public static async Task<List<ClinicalNote>> Signed(Database database, IEventStore store, string tenant, string clientId, CancellationToken ct)
    {
        var notes = new List<ClinicalNote>();
        foreach (var (noteId, _, inError) in await Notes.Read(database, tenant, clientId, ct))
            if (!inError && (await store.Load<ClinicalNote>(tenant, ClinicalNote.StreamId(NoteKinds.Progress, noteId), default, ct)).State is { } note) notes.Add(note);
        return notes;
    }

    private static async Task<(Actor Actor, ClinicalNote Note)> Load(
        string kind, string projection, string clientId, string noteId, HttpContext http, ClinicalRead read, IEventStore store, CancellationToken ct)
    {
        if (!Ids.AreValid(noteId)) throw new MalformedException("noteId", $"'noteId' {Ids.Rule}.");
        var actor = await read.Record(clientId, projection, ct, followsLog: false);
        var note = (await store.Load<ClinicalNote>(actor.Tenant, ClinicalNote.StreamId(kind, noteId), default, ct)).State;
        return note?.ClientId == clientId ? (actor, note) : throw new NotFoundException();
    }

    /// <summary>What is recorded about a caller is no act of theirs, so nobody asks whether they may.</summary>
    private static CommandScope Recording(HttpContext http, Actor actor)
    {
        var id = Guid.CreateVersion7().ToString();
        return new CommandScope(http.RequestServices.GetRequiredService<IEventStore>(), http.RequestServices.GetRequiredService<TimeProvider>(), actor, id, id,
            new Dictionary<string, string> { [EventHeaders.Role] = actor.Role });
    }

    private static NoteAnswer Show(ClinicalNote note) => new(
        note.NoteId, note.Kind, note.AuthorId, note.Status.ToString(), note.CosignatureNeeded, note.SessionId, note.StartedAt, note.EndedAt, note.Labels,
        note.Draft is { } draft ? ThreadQueries.Open(draft) : null,
        [.. note.Texts.Select(text => new NoteTextAnswer(text.Author, text.At, text.ContentHash, ThreadQueries.Open(text.Text), text.Reason is { } reason ? ThreadQueries.Open(reason) : null))]);
}

/// <param name="Omitted">What is never part of this answer, whether or not there is any.</param>
internal sealed record NotesAnswer(NoteAnswer[] Notes, string[] Omitted);

/// <param name="Draft">The unsigned text, for its author.</param>
/// <param name="Texts">Every signed text, the one that holds last (T15).</param>
internal sealed record NoteAnswer(
    string NoteId, string Kind, string Author, string Status, bool CosignatureNeeded, string? SessionId, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    string[] Labels, string? Draft, NoteTextAnswer[] Texts);

/// <param name="Text">Null when it was erased.</param>
/// <param name="Reason">Why it was amended.</param>
internal sealed record NoteTextAnswer(string Author, DateTimeOffset At, string ContentHash, string? Text, string? Reason);

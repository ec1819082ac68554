using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;
using Npgsql;
using D = Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>What still has to be written or signed: drafts, notes that need a second signature, sessions without a progress note.</summary>
internal static class UnsignedNotes
{
    public static Projection View { get; } = new("notes", logged => logged.Event.Data switch
    {
        D.NoteDrafted e => [Missing(logged, NoteKinds.Progress, e.NoteId, e.ClientId, e.AuthorId, "signature")],
        D.PsychotherapyNoteDrafted e => [Missing(logged, NoteKinds.Psychotherapy, e.NoteId, e.ClientId, e.AuthorId, "signature")],
        D.NoteSigned e => e.CosignatureNeeded && e.Kind == NoteKinds.Progress
            ? [Missing(logged, e.Kind, e.NoteId, e.ClientId, e.Author, "cosignature")]
            : [Done(logged, e.Kind, e.NoteId)],
        D.NoteAmended { CosignatureNeeded: true } e => [Missing(logged, NoteKinds.Progress, e.NoteId, e.ClientId, e.Author, "cosignature")],
        D.NoteCosigned e => [Done(logged, NoteKinds.Progress, e.NoteId)],
        D.NoteEnteredInError e => [Done(logged, KindOf(logged, e.NoteId), e.NoteId)],
        // its practitioner writes it; who that is stands in the row of its start
        D.SessionStarted e => [Missing(logged, "session", e.SessionId, e.ClientId, e.PractitionerId, "progress-note")],
        D.SessionDocumented e => [Done(logged, "session", e.SessionId)],
        D.SessionUndocumented e => [Missing(logged, "session", e.SessionId, e.ClientId, e.PractitionerId, "progress-note")],
        _ => []
    })
    { Tables = ["unsigned_notes"] };

    /// <param name="author">Whose; a supervisor's null is everybody's, but nobody's psychotherapy notes.</param>
    public static Task<List<UnsignedRow>> Read(Database database, string tenant, string? author, Page page, CancellationToken ct) => database.Read(tenant, """
        select kind, about, client_id, author, missing, since from views.unsigned_notes
        where tenant_id = $1 and (author = $2 or ($2::text is null and kind <> 'psychotherapy'))
            and ($3::text is null or (since, kind, about) > ($3::timestamptz, $4, $5)) order by since, kind, about limit $6
        """, row => new UnsignedRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Instant(5)),
        ct, author, page.Key(0), page.Key(1), page.Key(2), page.Limit);

    public static string[] Key(UnsignedRow row) => [row.Since.ToString("O"), row.Kind, row.About];

    private static string KindOf(LoggedEvent logged, string noteId) =>
        logged.Event.StreamKey == D.ClinicalNote.StreamId(NoteKinds.Progress, noteId) ? NoteKinds.Progress : NoteKinds.Psychotherapy;

    private static NpgsqlBatchCommand Missing(LoggedEvent logged, string kind, string about, string clientId, string author, string what) => Sql.Statement("""
        insert into views.unsigned_notes (tenant_id, kind, about, client_id, author, missing, since) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant_id, kind, about) do update set missing = excluded.missing, since = case when unsigned_notes.missing = excluded.missing then unsigned_notes.since else excluded.since end
        """, logged.Event.TenantId, kind, about, clientId, author, what, logged.Event.Timestamp);

    private static NpgsqlBatchCommand Done(LoggedEvent logged, string kind, string about) => Sql.Statement(
        "delete from views.unsigned_notes where tenant_id = $1 and kind = $2 and about = $3", logged.Event.TenantId, kind, about);
}

/// <summary>One thing to sign.</summary>
/// <param name="Kind"><c>progress</c>, <c>psychotherapy</c> or <c>session</c>.</param>
/// <param name="About">Id of the note or session.</param>
/// <param name="Missing"><c>signature</c>, <c>cosignature</c> or <c>progress-note</c>.</param>
internal sealed record UnsignedRow(string Kind, string About, string ClientId, string Author, string Missing, DateTimeOffset Since);

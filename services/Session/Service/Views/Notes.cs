using Clinic.Contracts.Session;
using Clinic.EventLog;
using D = Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>Which signed progress notes a client has. Their words are read from their own streams, and psychotherapy notes are not among them.</summary>
internal static class Notes
{
    public static Projection View { get; } = new("notes", logged => logged.Event.Data switch
    {
        D.NoteSigned { Kind: NoteKinds.Progress } e =>
        [
            Sql.Statement("insert into views.notes (tenant_id, note_id, client_id, session_id, author, signed_at) values ($1, $2, $3, $4, $5, $6)",
                logged.Event.TenantId, e.NoteId, e.ClientId, e.SessionId, e.Author, e.SignedAt)
        ],
        // a psychotherapy note of that id has no row, so nothing happens
        D.NoteEnteredInError e when logged.Event.StreamKey == D.ClinicalNote.StreamId(NoteKinds.Progress, e.NoteId) =>
            [Sql.Statement("update views.notes set in_error = true where tenant_id = $1 and note_id = $2", logged.Event.TenantId, e.NoteId)],
        _ => []
    })
    { Tables = ["notes"] };

    /// <summary>Ids of all of them, oldest first.</summary>
    public static Task<List<(string NoteId, DateTimeOffset SignedAt, bool InError)>> Read(Database database, string tenant, string clientId, CancellationToken ct) =>
        database.Read(tenant, "select note_id, signed_at, in_error from views.notes where tenant_id = $1 and client_id = $2 order by signed_at, note_id",
            row => (row.GetString(0), row.Instant(1), row.GetBoolean(2)), ct, clientId);
}

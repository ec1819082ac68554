using Clinic.Consent.Domain;
using Clinic.Consent.Service.Register;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>Who is registered to receive records. Names are copies of the event's encrypted text.</summary>
internal static class Recipients
{
    public static Projection View { get; } = new("recipients", logged => logged.Event.Data switch
    {
        RecipientRegistered e =>
        [
            Sql.Statement("""
                insert into views.recipients (tenant_id, recipient_id, event_id, stream_id, name, country, safeguard, intermediary)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (tenant_id, recipient_id) do update set event_id = excluded.event_id, name = excluded.name, country = excluded.country,
                    safeguard = excluded.safeguard, intermediary = excluded.intermediary
                """, logged.Event.TenantId, e.RecipientId, logged.Event.Id, logged.Event.StreamKey, e.Name.Copy(), e.Country, e.Safeguard, e.Intermediary == true)
        ],
        ParticipantReported e =>
        [
            Sql.Statement("update views.recipients set participants = array_append(array_remove(participants, $3), $3) where tenant_id = $1 and recipient_id = $2",
                logged.Event.TenantId, e.RecipientId, e.ParticipantId)
        ],
        _ => []
    })
    { Tables = ["recipients"] };

    /// <summary>All of them, with what has gone there.</summary>
    public static async Task<List<RegisteredRecipient>> Read(Database database, FieldEncryption fields, string tenant, CancellationToken ct)
    {
        var went = (await database.Read(tenant, """
            select recipient_id, purpose, legal_basis, count(*), max(made_at) from views.accounting
            where tenant_id = $1 and kind = 'made' group by recipient_id, purpose, legal_basis order by recipient_id, purpose, legal_basis
            """, row => (RecipientId: row.GetString(0), Disclosed: new Disclosed(row.GetString(1), row.GetString(2), row.GetInt64(3), row.Instant(4))), ct))
            .ToLookup(row => row.RecipientId, row => row.Disclosed);
        var rows = await database.Read(tenant, """
            select recipient_id, event_id, stream_id, name, country, safeguard, intermediary, cardinality(participants)
            from views.recipients where tenant_id = $1 order by recipient_id
            """, row => (Row: new RegisteredRecipient(row.GetString(0), row.GetString(3), row.Text(4), row.Text(5), row.GetBoolean(6), row.GetInt32(7), []),
                Event: row.GetGuid(1), Stream: row.GetString(2)), ct);
        var opened = new List<RegisteredRecipient>(rows.Count);
        foreach (var (row, id, stream) in rows)
            opened.Add(row with
            {
                Name = await fields.Read<string>(row.Name, new FieldPlace(tenant, stream, id, "name"), Subjects.Of("recipientId", row.RecipientId), DataClasses.Contact, ct) ?? "(erased)",
                Went = [.. went[row.RecipientId]]
            });
        return opened;
    }
}

using Clinic.EventLog;
using Clinic.Hosting;
using D = Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>What contacts cost practitioners (S27).</summary>
internal static class ContactTimes
{
    public static Projection View { get; } = new("timeline", logged => logged.Event.Data is D.ContactTimeRecorded e
        ?
        [
            Sql.Statement("insert into views.contact_time (tenant_id, contact_id, client_id, practitioner_id, kind, minutes, at, about) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                logged.Event.TenantId, e.ContactId, e.ClientId, e.PractitionerId, e.Kind, e.Minutes, e.At, e.About)
        ]
        : [])
    { Tables = ["contact_time"] };

    public static Task<List<ContactTimeRow>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select contact_id, practitioner_id, kind, minutes, at, about from views.contact_time
        where tenant_id = $1 and client_id = $2 and ($3::text is null or (at, contact_id) > ($3::timestamptz, $4)) order by at, contact_id limit $5
        """, row => new ContactTimeRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.Instant(4), row.Text(5)),
        ct, clientId, page.Key(0), page.Key(1), page.Limit);

    public static string[] Key(ContactTimeRow row) => [row.At.ToString("O"), row.ContactId];
}

/// <summary>One contact.</summary>
internal sealed record ContactTimeRow(string ContactId, string PractitionerId, string Kind, int Minutes, DateTimeOffset At, string? About);

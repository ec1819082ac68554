using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Views;

/// <summary>Who was ever licensed where. Whether they are now, their licences tell.</summary>
internal static class Licensed
{
    public static Projection View { get; } = new("practice", logged => logged.Event.Data switch
    {
        LicenceNoted { Status: LicenceNoted.Verified } e =>
        [
            Sql.Statement("""
                insert into views.licensed (tenant_id, jurisdiction, practitioner_id) select $1, j, $3 from unnest($2::text[]) j on conflict do nothing
                """, logged.Event.TenantId, e.Compact is null ? [e.Jurisdiction] : e.Compact.Append(e.Jurisdiction).Distinct().ToArray(), e.PractitionerId)
        ],
        _ => []
    })
    { Tables = ["licensed"] };

    /// <summary>Who may be licensed for a place: its country, or that part of it.</summary>
    public static Task<List<string>> In(Database database, string tenant, string jurisdiction, int most, CancellationToken ct) => database.Read(tenant, """
        select distinct practitioner_id from views.licensed
        where tenant_id = $1 and ($2 = jurisdiction or starts_with($2, jurisdiction || '-')) order by practitioner_id limit $3
        """, row => row.GetString(0), ct, jurisdiction, most);
}

using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Npgsql;

namespace Clinic.Intake.Service.Views;

/// <summary>Who works here, what was checked about them and when: shown to clients, so that they can trust it (S27, S60).</summary>
internal static class Directory
{
    public static Projection View { get; } = new("directory", logged => logged.Event.Data switch
    {
        LicenceVerified e =>
        [
            Sql.Statement("""
                insert into views.licence (tenant_id, practitioner_id, profession, jurisdiction, source, compact, checked_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (tenant_id, practitioner_id, profession, jurisdiction) do update set source = excluded.source, compact = excluded.compact,
                    checked_at = excluded.checked_at, expires_at = excluded.expires_at
                """, logged.Event.TenantId, e.PractitionerId, e.Profession, e.Jurisdiction, e.Source, e.Compact?.Jurisdictions ?? [], e.CheckedAt, e.ExpiresAt)
        ],
        LicenceLapsed e => [Interrupted(logged, e.PractitionerId, e.Jurisdiction, LicenceInterruption.Lapse, e.EffectiveAt)],
        LicenceSuspended e => [Interrupted(logged, e.PractitionerId, e.Jurisdiction, LicenceInterruption.Suspension, e.EffectiveAt)],
        LicenceReinstated e =>
        [
            Sql.Statement("update views.licence_interruption set ended_at = $4 where tenant_id = $1 and practitioner_id = $2 and jurisdiction = $3 and ended_at is null",
                logged.Event.TenantId, e.PractitionerId, e.Jurisdiction, e.EffectiveAt)
        ],
        PeerSupporterApproved e =>
        [
            Sql.Statement("""
                insert into views.peer_supporter (tenant_id, practitioner_id, scope, supervisor_id, review_by) values ($1, $2, $3, $4, $5)
                on conflict (tenant_id, practitioner_id) do update set scope = excluded.scope, supervisor_id = excluded.supervisor_id, review_by = excluded.review_by
                """, logged.Event.TenantId, e.PractitionerId, e.Scope, e.SupervisorId, e.ReviewBy)
        ],
        _ => []
    })
    { Tables = ["licence", "licence_interruption", "peer_supporter"] };

    /// <param name="practitionerId">One practitioner's rows only; null for everybody's.</param>
    public static Task<List<DirectoryRow>> Read(Database database, string tenant, string? practitionerId, DateTimeOffset now, Page page, CancellationToken ct) => database.Read(tenant, """
        select * from (
            select l.practitioner_id, 'clinician', l.profession, l.jurisdiction, l.source, l.checked_at, l.expires_at,
                   coalesce((select i.kind from views.licence_interruption i where i.tenant_id = $1 and i.practitioner_id = l.practitioner_id and i.jurisdiction = l.jurisdiction
                             and i.began_at <= $6 and (i.ended_at is null or i.ended_at > $6) order by i.kind limit 1), case when l.expires_at <= $6 then 'expired' else 'valid' end),
                   l.compact, null::text[], null::date
            from views.licence l where l.tenant_id = $1
            union all
            select p.practitioner_id, 'peer-supporter', '', '', null, null, null, case when p.review_by < $6::date then 'expired' else 'valid' end, '{}', p.scope, p.review_by
            from views.peer_supporter p where p.tenant_id = $1
        ) d (practitioner_id, kind, profession, jurisdiction) where ($2::text is null or practitioner_id = $2)
            and ($3::text is null or (practitioner_id, profession, jurisdiction) > ($3, $4, $5))
        order by practitioner_id, profession, jurisdiction limit $7
        """, Row, ct, practitionerId, page.Key(0), page.Key(1), page.Key(2), now.UtcDateTime, page.Limit);

    public static string[] Key(DirectoryRow row) => [row.PractitionerId, row.Profession ?? "", row.Jurisdiction ?? ""];

    /// <summary>Whose licences reach a place, valid or not: candidates for <see cref="Eligibility"/>.</summary>
    public static Task<List<string>> Candidates(Database database, string tenant, string place, Page page, CancellationToken ct) => database.Read(tenant, """
        select distinct practitioner_id from views.licence, unnest(compact || jurisdiction) reached
        where tenant_id = $1 and ($2 = reached or starts_with($2, reached || '-')) and ($3::text is null or practitioner_id > $3) order by practitioner_id limit $4
        """, row => row.GetString(0), ct, place, page.Key(0), page.Limit);

    private static NpgsqlBatchCommand Interrupted(LoggedEvent logged, string practitionerId, string jurisdiction, string kind, DateTimeOffset from) => Sql.Statement("""
        insert into views.licence_interruption (tenant_id, practitioner_id, jurisdiction, kind, began_at) values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, practitioner_id, jurisdiction, kind) where ended_at is null do update set began_at = excluded.began_at
        """, logged.Event.TenantId, practitionerId, jurisdiction, kind, from);

    private static DirectoryRow Row(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(7), row.GetString(2) is { Length: > 0 } profession ? profession : null,
        row.GetString(3) is { Length: > 0 } jurisdiction ? jurisdiction : null, row.Text(4), row.IsDBNull(5) ? null : row.Instant(5), row.IsDBNull(6) ? null : row.Instant(6),
        row.GetFieldValue<string[]>(8), row.IsDBNull(9) ? null : row.GetFieldValue<string[]>(9), row.IsDBNull(10) ? null : row.GetFieldValue<DateOnly>(10));
}

/// <summary>One licence of a clinician, or one peer supporter. A licence's number identifies a person and is not shown.</summary>
/// <param name="Status"><c>valid</c>, <c>expired</c>, <c>lapsed</c> or <c>suspended</c>, now.</param>
/// <param name="Source">Code of the register that was asked.</param>
/// <param name="CheckedAt">When it was asked last.</param>
/// <param name="Compact">Further jurisdictions an interstate compact opens.</param>
internal sealed record DirectoryRow(
    string PractitionerId, string Kind, string Status, string? Profession, string? Jurisdiction, string? Source, DateTimeOffset? CheckedAt,
    DateTimeOffset? ExpiresAt, string[] Compact, string[]? Scope, DateOnly? ReviewBy);

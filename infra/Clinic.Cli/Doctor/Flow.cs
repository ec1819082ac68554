namespace Clinic.Cli.Doctor;

/// <summary>
/// Whether what is written moves on. A lag is the age of the oldest thing that waits, so that neither a quiet night nor a busy
/// second looks like a fault. Each query lists what is wrong.
/// </summary>
internal static class Flow
{
    public static readonly (string Name, string Sql)[] Queries =
    [
        ("leaders", """
            select role || ' has no leader' from unnest(array['sequencer', 'relay']) role
            where not exists (select from pg_locks l where l.locktype = 'advisory' and l.granted
                and l.database = (select oid from pg_database where datname = current_database())
                and l.classid::bigint = hashtext('clinic.elected')::bigint & 4294967295 and l.objid::bigint = hashtext(role)::bigint & 4294967295)
            """),
        ("queue", """
            select format('%s events wait for a position, the oldest since %s', count(*), min(e.timestamp)) from clinic.log_queue q
            join public.mt_events e on e.seq_id = q.seq_id having min(e.timestamp) < clock_timestamp() - interval '10 seconds'
            """),
        ("log", """
            select format('the log''s head says %s events, its last position is %s', h.size, coalesce(l.last, -1))
            from clinic.log_head h, (select max(position) as last from clinic.log) l where h.size <> coalesce(l.last, -1) + 1
            """),
        ("relay", """
            select format('the relay stopped before position %s, which waits since %s', l.position, l.logged_at)
            from clinic.log l where l.position = coalesce((select position from clinic.checkpoint where name = 'relay:numbered'), -1) + 1
                and l.logged_at < clock_timestamp() - interval '10 seconds'
            union all
            select format('%s public events are not confirmed by the broker, the oldest waits since %s', count(*), min(l.logged_at))
            from clinic.publication p join clinic.log l on l.position = p.position
            where p.sequence > coalesce((select position from clinic.checkpoint where name = 'relay:confirmed'), 0)
            having min(l.logged_at) < clock_timestamp() - interval '10 seconds'
            """),
        ("views", """
            select format('%s stopped before position %s of %s, which waits since %s', c.name, l.position, (select size - 1 from clinic.log_head), l.logged_at)
            from clinic.checkpoint c join clinic.log l on l.position = c.position + 1
            where c.name not like 'relay:%' and l.logged_at < clock_timestamp() - interval '10 seconds'
            """),
        ("stale views", """
            select format('%s lacks events of %s/%s from position %s on (%s)', view, tenant_id, stream_id, position, reason) from clinic.stale_view order by since limit 10
            """),
        ("answers", """
            select format('%s answers to clinic systems are not sent, the oldest waits since %s', count(*), min(recorded_at)) from clinic.inbox
            where reply_to is not null and replied_at is null having min(recorded_at) < clock_timestamp() - interval '30 seconds'
            """),
        ("gaps", """
            select format('%s: %s to %s are missing since %s', producer, last + 1, heard, gap_since) from clinic.consumer
            where heard > last and gap_since < clock_timestamp() - interval '5 seconds'
            """),
        ("parked", """
            select format('%s: %s events from %s on (%s)', producer, count(*), min(sequence), string_agg(distinct reason, ', ')) from clinic.parked group by producer
            """),
        ("quarantine", "select format('%s/%s: event %s (%s)', tenant_id, stream_id, event_id, reason) from clinic.quarantine order by found_at limit 10")
    ];

    /// <summary>What gates would fail closed on; $1 are the producers this service follows.</summary>
    public const string StaleFacts = """
        select format('%s was last heard %s', p, coalesce(nullif(c.as_of, '-infinity')::text, 'never')) from unnest($1) p
        left join clinic.consumer c on c.producer = p where coalesce(c.as_of, '-infinity') < clock_timestamp() - interval '10 seconds'
        """;
}

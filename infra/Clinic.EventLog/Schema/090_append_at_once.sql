-- The same append once more, measured under load. Nearly always every append of a batch has one stream, comes for the first time and
-- meets nobody: such a batch is taken with plain inserts, all or nothing, and only what does not go through so is told apart append
-- by append, as before. "On conflict" looks twice into every index; statements and assignments per append cost as much as its rows.
alter function clinic.append rename to append_each;
revoke all on function clinic.append_each from {{app}}, {{worker}};

create function clinic.append(
    a_tenant text[], a_endpoint text[], a_sender text[], a_message_id text[], a_body_hash bytea[],
    a_answer_type text[], a_answer jsonb[], a_reply_to text[],
    w_append int[], w_tenant text[], w_stream text[], w_type text[], w_expected bigint[], w_next bigint[], w_at timestamptz[],
    e_append int[], e_id uuid[], e_tenant text[], e_stream text[], e_version bigint[], e_type text[], e_dotnet_type text[],
    e_data jsonb[], e_at timestamptz[], e_correlation text[], e_causation text[], e_user text[], e_headers jsonb[],
    e_hash bytea[], e_mac bytea[], e_mac_key text[])
returns table (append int, outcome text, conflict_stream text, same_body boolean, answer_type text, answer jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    appends constant int := cardinality(a_tenant);
    beginning constant int := cardinality(array_positions(w_expected, 0::bigint));
    at_once boolean := w_append = array(select generate_series(1, appends));
    held int;
    seq_ids bigint[];
begin
    -- the second net under the pipeline's own check: a connection writes only for tenants it has declared
    if not (a_tenant || w_tenant || e_tenant <@ string_to_array(coalesce(current_setting('clinic.tenants', true), ''), ',')) then
        raise exception 'append for a tenant this connection has not declared' using errcode = '42501';
    end if;

    if at_once then
        -- inbox rows, new streams, the others, each in key order, as append_each does: two batches never wait for each other in a circle
        begin
            insert into clinic.inbox (endpoint, sender, message_id, tenant_id, body_hash, answer_type, answer, reply_to)
            select u.endpoint, u.sender, u.message_id, u.tenant, u.body_hash, u.answer_type, u.answer, u.reply_to
            from unnest(a_endpoint, a_sender, a_message_id, a_tenant, a_body_hash, a_answer_type, a_answer, a_reply_to)
                as u(endpoint, sender, message_id, tenant, body_hash, answer_type, answer, reply_to)
            where u.message_id is not null order by u.message_id, u.endpoint, u.sender;

            if beginning > 0 then
                insert into public.mt_streams (tenant_id, id, type, version, timestamp, created)
                select u.tenant, u.stream, u.type, u.next, u.at, u.at
                from unnest(w_tenant, w_stream, w_type, w_expected, w_next, w_at) as u(tenant, stream, type, expected, next, at)
                where u.expected = 0 order by u.tenant, u.stream;
            end if;

            if beginning < appends then
                -- locked in key order, whatever order the update goes in; a guard is held and not moved
                with mine as materialized (
                    select u.expected, u.next, u.at, s.tenant_id, s.id
                    from unnest(w_tenant, w_stream, w_expected, w_next, w_at) as u(tenant, stream, expected, next, at)
                    join public.mt_streams s on s.tenant_id = u.tenant and s.id = u.stream and s.version = u.expected
                    where u.expected > 0 order by u.tenant, u.stream for no key update of s
                ), moved as (
                    update public.mt_streams t set version = mine.next, timestamp = mine.at from mine
                    where t.tenant_id = mine.tenant_id and t.id = mine.id and mine.next > mine.expected
                )
                select count(*) into held from mine;
                if held < appends - beginning then
                    raise exception 'conflict' using errcode = 'CL409';
                end if;
            end if;
        exception when unique_violation or sqlstate 'CL409' then
            at_once := false;
        end;
    end if;
    if not at_once then
        return query select * from clinic.append_each(
            a_tenant, a_endpoint, a_sender, a_message_id, a_body_hash, a_answer_type, a_answer, a_reply_to,
            w_append, w_tenant, w_stream, w_type, w_expected, w_next, w_at,
            e_append, e_id, e_tenant, e_stream, e_version, e_type, e_dotnet_type, e_data, e_at,
            e_correlation, e_causation, e_user, e_headers, e_hash, e_mac, e_mac_key);
        return;
    end if;

    -- drawn after the streams are held: what becomes visible later never has the smaller number within a stream
    select array_agg(nextval('public.mt_events_sequence')) into seq_ids from generate_series(1, cardinality(e_id));
    insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
                                  correlation_id, causation_id, headers, user_name)
    select * from unnest(seq_ids, e_id, e_stream, e_version, e_data, e_type, e_at, e_tenant, e_dotnet_type,
                         e_correlation, e_causation, e_headers, e_user);
    insert into clinic.log_queue (seq_id, event_id, event_hash, mac, mac_key) select * from unnest(seq_ids, e_id, e_hash, e_mac, e_mac_key);
    return query select n, 'committed', null::text, null::boolean, null::text, null::jsonb from generate_series(1, appends) n;
end $$;
revoke all on function clinic.append from public;
grant execute on function clinic.append to {{app}}, {{worker}};

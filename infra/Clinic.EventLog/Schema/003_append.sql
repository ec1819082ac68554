-- Takes a stream for one append: true when it stood at the expected version. The row stays locked until commit, and it is
-- locked before any sequence number is drawn, so a stream's events get their numbers in their versions' order.
create function clinic.take_stream(
    p_tenant text, p_stream text, p_type text, p_expected bigint, p_next bigint, p_at timestamptz) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if p_expected = 0 then
        insert into public.mt_streams (tenant_id, id, type, version, timestamp, created)
        values (p_tenant, p_stream, p_type, p_next, p_at, p_at)
        on conflict do nothing;
    elsif p_next = p_expected then
        -- a guard: read by the decision, not written; nobody may move it before we commit
        perform 1 from public.mt_streams
        where tenant_id = p_tenant and id = p_stream and version = p_expected for no key update;
    else
        update public.mt_streams set version = p_next, timestamp = p_at
        where tenant_id = p_tenant and id = p_stream and version = p_expected;
    end if;
    return found;
end $$;

-- Appends, each all or nothing, none failing another. Arrays because one round trip carries them all:
-- a_* one element per append, w_* one per stream written or guarded, e_* one per event; w_append and e_append say whose.
-- The caller sorts appends and w_* by (tenant, stream), so that two callers never lock the same rows in opposite order;
-- an append over several streams comes alone.
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
    winners int[] := '{}';
    known int[] := '{}';
    k int;
    writes int;
    w record;
begin
    -- the second net under the pipeline's own check: a connection writes only for tenants it has declared
    if exists (
        select from unnest(a_tenant || w_tenant || e_tenant) t
        where t <> all (string_to_array(coalesce(current_setting('clinic.tenants', true), ''), ','))) then
        raise exception 'append for a tenant this connection has not declared' using errcode = '42501';
    end if;

    -- all inbox rows first, in key order, then the streams, in key order: two batches never wait for each other in a circle
    for k in select i from generate_subscripts(a_message_id, 1) as i where a_message_id[i] is not null
             order by a_endpoint[i], a_sender[i], a_message_id[i] loop
        insert into clinic.inbox (endpoint, sender, message_id, tenant_id, body_hash, answer_type, answer, reply_to)
        values (a_endpoint[k], a_sender[k], a_message_id[k], a_tenant[k], a_body_hash[k], a_answer_type[k], a_answer[k], a_reply_to[k])
        on conflict do nothing;
        if not found then known := known || k; end if;
    end loop;

    for a in 1 .. cardinality(a_tenant) loop
        append := a; outcome := 'committed'; conflict_stream := null; same_body := null; answer_type := null; answer := null;

        if a = any (known) then
            outcome := 'duplicate';
            -- the first answer is the answer; who asks again with the same words is told again
            -- and where it listens now: its first queue may be gone with its first connection
            update clinic.inbox i set replied_at = null, asked = i.asked + 1, reply_to = coalesce(a_reply_to[a], i.reply_to)
            where i.endpoint = a_endpoint[a] and i.sender = a_sender[a] and i.message_id = a_message_id[a] and i.body_hash = a_body_hash[a];
            select i.body_hash = a_body_hash[a], i.answer_type, i.answer into same_body, answer_type, answer from clinic.inbox i
            where i.endpoint = a_endpoint[a] and i.sender = a_sender[a] and i.message_id = a_message_id[a];
            if not found then
                -- its twin in this very batch came first, lost a conflict and gave the id free again
                outcome := 'conflict'; conflict_stream := coalesce((select s from unnest(w_append, w_stream) as u(x, s) where x = a limit 1), '');
            end if;
            return next;
            continue;
        end if;

        writes := (select count(*) from unnest(w_append) x where x = a);
        if writes = 1 then
            for w in select * from unnest(w_append, w_tenant, w_stream, w_type, w_expected, w_next, w_at)
                         as u(append_no, tenant, stream, type, expected, next, at) where u.append_no = a loop
                if not clinic.take_stream(w.tenant, w.stream, w.type, w.expected, w.next, w.at) then
                    outcome := 'conflict'; conflict_stream := w.stream;
                end if;
            end loop;
        elsif writes > 1 then
            begin
                for w in select * from unnest(w_append, w_tenant, w_stream, w_type, w_expected, w_next, w_at)
                             as u(append_no, tenant, stream, type, expected, next, at) where u.append_no = a loop
                    if not clinic.take_stream(w.tenant, w.stream, w.type, w.expected, w.next, w.at) then
                        conflict_stream := w.stream;
                        -- undoes the streams this append has already taken, and only those
                        raise exception 'conflict' using errcode = 'CL409';
                    end if;
                end loop;
            exception when sqlstate 'CL409' then
                outcome := 'conflict';
            end;
        end if;

        if outcome = 'conflict' then
            -- the command was not handled, so its id is free again
            delete from clinic.inbox i
            where i.endpoint = a_endpoint[a] and i.sender = a_sender[a] and i.message_id = a_message_id[a];
        else
            winners := winners || a;
        end if;
        return next;
    end loop;

    -- only winners draw sequence numbers: a conflict burns none
    with e as materialized (
        select nextval('public.mt_events_sequence') as seq_id, x.* from (
            select * from unnest(e_append, e_id, e_tenant, e_stream, e_version, e_type, e_dotnet_type, e_data, e_at,
                                 e_correlation, e_causation, e_user, e_headers, e_hash, e_mac, e_mac_key) with ordinality
                as u(append_no, id, tenant, stream, version, type, dotnet_type, data, at,
                     correlation, causation, user_name, headers, hash, mac, mac_key, ordinal)
            where u.append_no = any (winners) order by u.ordinal) x
    ), stored as (
        insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
                                      correlation_id, causation_id, headers, user_name)
        select seq_id, id, stream, version, data, type, at, tenant, dotnet_type, correlation, causation, headers, user_name
        from e order by seq_id
    )
    insert into clinic.log_queue (seq_id, event_id, event_hash, mac, mac_key)
    select seq_id, id, hash, mac, mac_key from e order by seq_id;
end $$;

-- Gives queued events their positions, in the order given. Null when another sequencer has moved the head meanwhile:
-- the compare on the size is the fence, and nothing is changed then.
create function clinic.assign_positions(p_expected_size bigint, p_seq_ids bigint[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    wanted int := cardinality(p_seq_ids);
    moved int;
    at timestamptz;
begin
    update clinic.log_head h set size = h.size + wanted, logged_at = greatest(h.logged_at, clock_timestamp())
    where h.size = p_expected_size returning h.logged_at into at;
    if not found then return null; end if;

    with gone as (
        -- by id, never "up to the last one": a straggler that commits now would vanish without a position
        delete from clinic.log_queue q where q.seq_id = any (p_seq_ids) returning q.*
    )
    insert into clinic.log (position, seq_id, event_id, event_hash, mac, mac_key, logged_at)
    select p_expected_size - 1 + row_number() over (order by g.seq_id), g.seq_id, g.event_id, g.event_hash, g.mac, g.mac_key, at
    from gone g;
    get diagnostics moved = row_count;
    if moved <> wanted then raise exception 'queue rows vanished: % of %', wanted - moved, wanted; end if;
    return p_expected_size + wanted;
end $$;

revoke all on function clinic.take_stream, clinic.append, clinic.assign_positions from public;

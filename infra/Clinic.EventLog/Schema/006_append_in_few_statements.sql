-- The same append in fewer steps: inbox rows and events as one statement each, streams in one pass over the arrays.

-- No search_path of its own: clinic.append, its only caller, has pinned it, and setting it again costs as much as the work.
create or replace function clinic.take_stream(
    p_tenant text, p_stream text, p_type text, p_expected bigint, p_next bigint, p_at timestamptz) returns boolean
language plpgsql as $$
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
alter function clinic.take_stream reset all;

-- As before, and now asked for: the elements of w_* stand in the order of their appends.
create or replace function clinic.append(
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
    fresh int[];
    winners int[] := '{}';
    first int := 1;
    last int;
begin
    -- the second net under the pipeline's own check: a connection writes only for tenants it has declared
    if not (a_tenant || w_tenant || e_tenant <@ string_to_array(coalesce(current_setting('clinic.tenants', true), ''), ',')) then
        raise exception 'append for a tenant this connection has not declared' using errcode = '42501';
    end if;

    -- all inbox rows first, in key order, then the streams, in key order: two batches never wait for each other in a circle
    if array_remove(a_message_id, null) <> '{}' then
        with new as (
            insert into clinic.inbox (endpoint, sender, message_id, tenant_id, body_hash, answer_type, answer, reply_to)
            select u.endpoint, u.sender, u.message_id, u.tenant, u.body_hash, u.answer_type, u.answer, u.reply_to
            from unnest(a_endpoint, a_sender, a_message_id, a_tenant, a_body_hash, a_answer_type, a_answer, a_reply_to) with ordinality
                as u(endpoint, sender, message_id, tenant, body_hash, answer_type, answer, reply_to, n)
            where u.message_id is not null order by u.endpoint, u.sender, u.message_id, u.n
            on conflict do nothing returning endpoint, sender, message_id
        )
        -- of two with one id the first is the new one
        select coalesce(array_agg(x.n), '{}') into fresh from (
            select min(u.n)::int as n from unnest(a_endpoint, a_sender, a_message_id) with ordinality as u(endpoint, sender, message_id, n)
            join new on new.message_id = u.message_id and new.endpoint = u.endpoint and new.sender = u.sender
            group by u.endpoint, u.sender, u.message_id) x;

        if cardinality(fresh) < cardinality(array_remove(a_message_id, null)) then
            -- repeats are inbox rows, too: locked before any stream, or a batch that holds a stream could wait for one here
            perform 1 from clinic.inbox i
            join unnest(a_endpoint, a_sender, a_message_id) with ordinality as u(endpoint, sender, message_id, n)
                on i.endpoint = u.endpoint and i.sender = u.sender and i.message_id = u.message_id
            where not (u.n = any (fresh))
            order by i.endpoint, i.sender, i.message_id for no key update of i;
        end if;
    end if;

    for a in 1 .. cardinality(a_tenant) loop
        append := a; outcome := 'committed'; conflict_stream := null; same_body := null; answer_type := null; answer := null;
        last := first - 1;
        while w_append[last + 1] = a loop last := last + 1; end loop;

        if a_message_id[a] is not null and not (a = any (fresh)) then
            outcome := 'duplicate';
            -- the first answer is the answer; who asks again with the same words is told again
            -- and where it listens now: its first queue may be gone with its first connection
            update clinic.inbox i set replied_at = null, asked = i.asked + 1, reply_to = coalesce(a_reply_to[a], i.reply_to)
            where i.endpoint = a_endpoint[a] and i.sender = a_sender[a] and i.message_id = a_message_id[a] and i.body_hash = a_body_hash[a];
            select i.body_hash = a_body_hash[a], i.answer_type, i.answer into same_body, answer_type, answer from clinic.inbox i
            where i.endpoint = a_endpoint[a] and i.sender = a_sender[a] and i.message_id = a_message_id[a];
            if not found then
                -- its twin in this very batch came first, lost a conflict and gave the id free again
                outcome := 'conflict'; conflict_stream := coalesce(w_stream[first], '');
            end if;
        elsif last = first then
            if not clinic.take_stream(w_tenant[first], w_stream[first], w_type[first], w_expected[first], w_next[first], w_at[first]) then
                outcome := 'conflict'; conflict_stream := w_stream[first];
            end if;
        elsif last > first then
            begin
                for s in first .. last loop
                    if not clinic.take_stream(w_tenant[s], w_stream[s], w_type[s], w_expected[s], w_next[s], w_at[s]) then
                        conflict_stream := w_stream[s];
                        -- undoes the streams this append has already taken, and only those
                        raise exception 'conflict' using errcode = 'CL409';
                    end if;
                end loop;
            exception when sqlstate 'CL409' then
                outcome := 'conflict';
            end;
        end if;

        if outcome = 'committed' then
            winners := winners || a;
        elsif outcome = 'conflict' and a = any (fresh) then
            -- the command was not handled, so its id is free again
            delete from clinic.inbox i
            where i.endpoint = a_endpoint[a] and i.sender = a_sender[a] and i.message_id = a_message_id[a];
        end if;
        first := last + 1;
        return next;
    end loop;
    if first <= cardinality(w_append) then
        raise exception 'streams out of the order of their appends' using errcode = '22023';
    end if;

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
        from e
    )
    insert into clinic.log_queue (seq_id, event_id, event_hash, mac, mac_key)
    select seq_id, id, hash, mac, mac_key from e;
end $$;

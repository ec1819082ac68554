-- Who was shown something of a client's here, for the client; the events themselves are in access streams per day.
create table views.looks (
    tenant_id text not null,
    position  bigint not null,
    client_id text not null,
    viewer    text not null,
    role      text not null,
    what      text not null,
    purpose   text not null,
    seen_at   timestamptz not null,
    -- one row per look
    primary key (tenant_id, position)
);
create index looks_by_client on views.looks (tenant_id, client_id, position);
select clinic.protect_by_tenant('views.looks');

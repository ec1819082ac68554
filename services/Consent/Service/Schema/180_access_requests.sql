-- Copies of records that clients wait for.
create table views.access_requests (
    tenant_id  text not null,
    request_id text not null,
    client_id  text not null,
    categories text[] not null,
    asked_at   timestamptz not null,
    due_at     timestamptz not null,
    overdue    boolean not null,
    -- one row per request that was not yet answered
    primary key (tenant_id, request_id)
);
create index access_requests_by_term on views.access_requests (tenant_id, due_at, request_id);
select clinic.protect_by_tenant('views.access_requests');

-- Accountings and amendments that clients wait for.
create table views.waiting_requests (
    tenant_id  text not null,
    -- accounting or amendment
    kind       text not null,
    client_id  text not null,
    request_id text not null,
    -- which accounting, or which category of the record
    subject    text not null,
    asked_at   timestamptz not null,
    due_at     timestamptz not null,
    overdue    boolean not null,
    -- one row per request that was not yet answered; accountings have their ids per client
    primary key (tenant_id, kind, client_id, request_id)
);
create index waiting_requests_by_term on views.waiting_requests (tenant_id, due_at, kind, client_id, request_id);
select clinic.protect_by_tenant('views.waiting_requests');

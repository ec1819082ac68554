create table views.calendar (
    tenant_id       text not null,
    session_id      text not null,
    client_id       text not null,
    practitioner_id text not null,
    modality        text not null,
    starts_at       timestamptz not null,
    planned_minutes int not null,
    status          text not null,
    closed_by       text,
    actual_minutes  int,
    primary key (tenant_id, session_id)
);
create index calendar_by_client on views.calendar (tenant_id, client_id, starts_at);
select clinic.protect_by_tenant('views.calendar');

create table views.trail (
    tenant_id         text not null,
    position          bigint not null,
    producer          text not null,
    sequence          bigint not null,
    type              text not null,
    event_id          text not null,
    at                timestamptz not null,
    actor             text,
    actor_role        text,
    on_behalf_of      text,
    purpose_of_use    text,
    client_id         text,
    directive_id      text,
    directive_version int,
    disclosure_id     text,
    reason            text,
    event_hash        text,
    body              jsonb not null,
    primary key (tenant_id, position)
);
create index trail_by_client on views.trail (tenant_id, client_id, at);
select clinic.protect_by_tenant('views.trail');

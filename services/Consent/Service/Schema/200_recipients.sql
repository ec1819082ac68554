-- Who is registered to receive records, for the register of processing.
create table views.recipients (
    tenant_id    text not null,
    recipient_id text not null,
    -- of the event that the name's encryption is bound to
    event_id     uuid not null,
    stream_id    text not null,
    name         text not null,
    country      text,
    safeguard    text,
    intermediary boolean not null,
    participants text[] not null default '{}',
    -- one row per recipient, as it was registered last
    primary key (tenant_id, recipient_id)
);
select clinic.protect_by_tenant('views.recipients');

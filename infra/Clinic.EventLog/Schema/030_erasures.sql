-- Erasures this service took part in, from its own log: told to the vault at every start, because it may be a restored one.
create table views.erasures (
    tenant_id    text not null,
    client_id    text not null,
    erasure_id   text not null,
    -- whose keys, as the vault names them
    subjects     text[] not null,
    data_classes text[] not null,
    begun_at     timestamptz not null,
    destroyed_at timestamptz,
    primary key (tenant_id, client_id, erasure_id)
);
select clinic.protect_by_tenant('views.erasures');

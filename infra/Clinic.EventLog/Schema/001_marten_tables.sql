-- Marten 9's event tables, to the column (string identity, conjoined tenancy, all metadata on). Nothing of ours is added
-- here: what we need beside them lives in schema clinic. So a program that uses Marten can open this database.

create table public.mt_streams (
    tenant_id   varchar not null default '*DEFAULT*',
    id          varchar not null,
    type        varchar,
    -- always the version of the stream's last event
    version     bigint,
    timestamp   timestamptz not null default now(),
    created     timestamptz not null default now(),
    is_archived boolean default false,
    -- tenant first: foreign keys ignore row-level security, so the key itself keeps tenants apart
    constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
);

create sequence public.mt_events_sequence;

create table public.mt_events (
    seq_id         bigint not null,
    id             uuid not null,
    stream_id      varchar,
    version        bigint not null,
    data           jsonb not null,
    bdata          bytea,
    type           varchar(500) not null,
    -- written by us, always: a default would be the time of the session's zone
    timestamp      timestamptz not null default now(),
    tenant_id      varchar default '*DEFAULT*',
    mt_dotnet_type varchar,
    correlation_id varchar,
    causation_id   varchar,
    headers        jsonb,
    user_name      varchar,
    is_archived    boolean default false,
    constraint pkey_mt_events_seq_id primary key (seq_id),
    -- no cascade: deleting a stream row must never delete events
    constraint fkey_mt_events_tenant_id_stream_id foreign key (tenant_id, stream_id)
        references public.mt_streams (tenant_id, id)
);

alter sequence public.mt_events_sequence owned by public.mt_events.seq_id;

-- one event per version of a stream: the last line of defence behind the expected version
create unique index pk_mt_events_stream_and_version on public.mt_events (tenant_id, stream_id, version);

create table public.mt_event_progression (
    name         varchar not null,
    last_seq_id  bigint,
    last_updated timestamptz default transaction_timestamp(),
    constraint pkey_mt_event_progression_name primary key (name)
);

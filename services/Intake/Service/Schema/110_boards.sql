-- A client who came by a referral moves it whatever later events name, so the row is found by the client, too.
alter table views.worklist
    add column clock_ahead   boolean not null default false,
    add column registered_at timestamptz,
    add column decided_at    timestamptz,
    add column closed_at     timestamptz,
    add column in_crisis     boolean not null default false;
create index on views.worklist (tenant_id, client_id);
delete from views.worklist;
delete from clinic.checkpoint where name = 'worklist';

alter table views.safety_card
    add column identity_level      text,
    add column identity_expires_at timestamptz,
    add column readiness           text,
    add column open_offer          text,
    add column preferred           text[] not null default '{}',
    add column decided_at          timestamptz,
    add column overridden          boolean not null default false,
    add column shared_decision     text,
    add column referred_out        text,
    add column linked              text[] not null default '{}',
    add column duplicate_of        text,
    add column contact_attempts    int not null default 0,
    add column risks               text[] not null default '{}';
delete from views.safety_card;
delete from clinic.checkpoint where name = 'safety-card';

-- The latest check of each licence; what a licence was at an instant is a fold of its practitioner's stream, not a row.
create table views.licence (
    tenant_id       text not null,
    practitioner_id text not null,
    profession      text not null,
    jurisdiction    text not null,
    source          text not null,
    compact         text[] not null default '{}',
    checked_at      timestamptz not null,
    expires_at      timestamptz not null,
    primary key (tenant_id, practitioner_id, profession, jurisdiction)
);
select clinic.protect_by_tenant('views.licence');

-- Ended ones stay: what was decided while one lasted is in doubt for ever.
create table views.licence_interruption (
    tenant_id       text not null,
    practitioner_id text not null,
    jurisdiction    text not null,
    kind            text not null,
    began_at        timestamptz not null,
    ended_at        timestamptz
);
-- one of a kind at a time
create unique index on views.licence_interruption (tenant_id, practitioner_id, jurisdiction, kind) where ended_at is null;
create index on views.licence_interruption (tenant_id, practitioner_id);
select clinic.protect_by_tenant('views.licence_interruption');

create table views.peer_supporter (
    tenant_id       text not null,
    practitioner_id text not null,
    scope           text[] not null,
    supervisor_id   text not null,
    review_by       date not null,
    primary key (tenant_id, practitioner_id)
);
select clinic.protect_by_tenant('views.peer_supporter');

-- A row stands as long as somebody has to act: a crisis is open, or a risk waits for a clinician.
create table views.crisis_board (
    tenant_id         text not null,
    client_id         text not null,
    waiting_since     timestamptz not null,
    opened_at         timestamptz,
    trigger           text,
    contact_possible  boolean,
    attempts          int not null default 0,
    last_outcome      text,
    last_attempt_at   timestamptz,
    triage_since      timestamptz,
    triage_due_at     timestamptz,
    primary key (tenant_id, client_id)
);
select clinic.protect_by_tenant('views.crisis_board');

create table views.equity (
    tenant_id text not null,
    client_id text not null,
    age_band  text not null,
    region    text not null,
    readiness text,
    offered   boolean not null default false,
    answer    text,
    decision  text,
    primary key (tenant_id, client_id)
);
select clinic.protect_by_tenant('views.equity');

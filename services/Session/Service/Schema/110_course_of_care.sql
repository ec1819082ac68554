-- What else is known of a session. The view is filled again, so that rows from before have it, too.
alter table views.calendar
    add column platform_id  text,
    add column time_zone    text,
    add column group_id     text,
    add column cue_profile  text,
    add column attendance   text,
    add column notice_hours int,
    add column held_for     text,
    add column flags        text[] not null default '{}',
    add column welfare_due  timestamptz;
delete from views.calendar;
delete from clinic.checkpoint where name = 'calendar';

-- The last answer of the start gate for each session.
create table views.gate (
    tenant_id    text not null,
    session_id   text not null,
    client_id    text not null,
    evaluated_at timestamptz not null,
    passed       boolean not null,
    failed       text[] not null,
    jurisdiction text,
    primary key (tenant_id, session_id)
);
create index gate_by_time on views.gate (tenant_id, evaluated_at, session_id);
select clinic.protect_by_tenant('views.gate');

-- What happened, in order; ids and codes only. Psychotherapy notes leave no row.
create table views.timeline (
    tenant_id text not null,
    event_id  uuid not null,
    client_id text not null,
    at        timestamptz not null,
    kind      text not null,
    about     text not null,
    code      text,
    primary key (tenant_id, event_id)
);
create index timeline_by_client on views.timeline (tenant_id, client_id, at, event_id);
select clinic.protect_by_tenant('views.timeline');

create table views.threads (
    tenant_id       text not null,
    thread_id       text not null,
    client_id       text not null,
    practitioner_id text not null,
    channel         text not null,
    reply_hours     int not null,
    group_id        text,
    status          text not null,
    messages        int not null default 0,
    last_at         timestamptz not null,
    gap             boolean not null default false,
    reassign_for    text,
    primary key (tenant_id, thread_id)
);
create index threads_by_client on views.threads (tenant_id, client_id, last_at, thread_id);
create index threads_by_practitioner on views.threads (tenant_id, practitioner_id, last_at, thread_id);
select clinic.protect_by_tenant('views.threads');

-- Signed progress notes: which there are. Their words stay in their streams.
create table views.notes (
    tenant_id  text not null,
    note_id    text not null,
    client_id  text not null,
    session_id text,
    author     text not null,
    signed_at  timestamptz not null,
    in_error   boolean not null default false,
    primary key (tenant_id, note_id)
);
create index notes_by_client on views.notes (tenant_id, client_id, signed_at, note_id);
select clinic.protect_by_tenant('views.notes');

-- What somebody still has to sign; a row goes when it is signed.
create table views.unsigned_notes (
    tenant_id text not null,
    kind      text not null,
    about     text not null,
    client_id text not null,
    author    text not null,
    missing   text not null,
    since     timestamptz not null,
    primary key (tenant_id, kind, about)
);
create index unsigned_notes_by_author on views.unsigned_notes (tenant_id, author, since, kind, about);
select clinic.protect_by_tenant('views.unsigned_notes');

create table views.courses (
    tenant_id  text not null,
    course_id  text not null,
    client_id  text not null,
    protocol   text not null,
    version    text not null,
    category   text not null,
    modules    text[] not null,
    completed  text[] not null default '{}',
    minutes    int not null default 0,
    status     text not null,
    enrolled_at timestamptz not null,
    primary key (tenant_id, course_id)
);
create index courses_by_client on views.courses (tenant_id, client_id, enrolled_at, course_id);
select clinic.protect_by_tenant('views.courses');

create table views.contact_time (
    tenant_id       text not null,
    contact_id      text not null,
    client_id       text not null,
    practitioner_id text not null,
    kind            text not null,
    minutes         int not null,
    at              timestamptz not null,
    about           text,
    primary key (tenant_id, contact_id)
);
create index contact_time_by_client on views.contact_time (tenant_id, client_id, at, contact_id);
select clinic.protect_by_tenant('views.contact_time');

create table views.platforms (
    tenant_id     text not null,
    platform_id   text not null,
    agreement_ref text not null,
    e2ee          boolean not null,
    collects      boolean not null,
    review_by     date not null,
    status        text not null,
    reason        text,
    primary key (tenant_id, platform_id)
);
select clinic.protect_by_tenant('views.platforms');

-- Who holds what where: from it the consequences of a lapsed licence or a revoked platform are found.
create table views.practice (
    tenant_id       text not null,
    session_id      text not null,
    practitioner_id text not null,
    platform_id     text,
    status          text not null,
    starts_at       timestamptz not null,
    started_at      timestamptz,
    jurisdiction    text,
    primary key (tenant_id, session_id)
);
create index practice_by_practitioner on views.practice (tenant_id, practitioner_id, starts_at);
create index practice_by_platform on views.practice (tenant_id, platform_id, starts_at) where status = 'scheduled';
select clinic.protect_by_tenant('views.practice');

alter table views.scores
    add column unit          text,
    add column subscales     jsonb,
    add column episode_id    text,
    add column baseline_id   text,
    add column delta         int,
    add column change        text,
    -- the response that counts instead
    add column superseded_by text;

alter table views.alerts
    -- null of an alert from before there were other kinds
    add column kind         text,
    add column response_id  text,
    add column level        int not null default 0,
    -- whom the last step of the chain told; null when nobody was on call
    add column escalated_to text;
create index alerts_by_time on views.alerts (tenant_id, raised_at, alert_id);

create table views.measure_requests (
    tenant_id    text not null,
    client_id    text not null,
    request_id   text not null,
    instrument   text not null,
    version      text not null,
    due_at       timestamptz not null,
    requested_at timestamptz not null,
    reminded     bool not null default false,
    response_id  text,
    -- a request's id is its sender's, and two clients may have the same
    primary key (tenant_id, client_id, request_id)
);
select clinic.protect_by_tenant('views.measure_requests');

-- One row for every message of a client that a person owes an answer.
create table views.answers_due (
    tenant_id   text not null,
    client_id   text not null,
    thread_id   text not null,
    message_id  text not null,
    sent_at     timestamptz not null,
    due_at      timestamptz not null,
    status      text not null,
    level       int not null default 0,
    hours       int,
    primary key (tenant_id, thread_id, message_id)
);
create index answers_due_by_time on views.answers_due (tenant_id, due_at, message_id);
select clinic.protect_by_tenant('views.answers_due');

create table views.supervision (
    tenant_id    text not null,
    client_id    text not null,
    review_id    text not null,
    trigger      text not null,
    source_id    text not null,
    due_at       timestamptz not null,
    requested_at timestamptz not null,
    reviewer     text,
    outcome      text,
    completed_at timestamptz,
    primary key (tenant_id, review_id)
);
create index supervision_by_time on views.supervision (tenant_id, requested_at, review_id);
select clinic.protect_by_tenant('views.supervision');

create table views.feedback_items (
    tenant_id    text not null,
    client_id    text not null,
    feedback_id  text not null,
    kind         text not null,
    status       text not null,
    made_at      timestamptz not null,
    ruleset      text,
    tailoring    int,
    input_ids    text[],
    messages     text[],
    reason_code  text,
    author_id    text,
    author_role  text,
    in_reply_to  text,
    -- what a person wrote, as encrypted in the event, and the event it belongs to
    text         text,
    event_id     uuid,
    -- human feedback that answers what was held back
    answered_by  text,
    primary key (tenant_id, feedback_id)
);
create index feedback_items_by_client on views.feedback_items (tenant_id, client_id, made_at);
create index feedback_items_waiting on views.feedback_items (tenant_id, made_at, feedback_id) where status in ('awaits-review', 'suppressed');
select clinic.protect_by_tenant('views.feedback_items');

create table views.concerns (
    tenant_id   text not null,
    client_id   text not null,
    concern_id  text not null,
    kind        text not null,
    raised_by   text not null,
    raised_at   timestamptz not null,
    message_id  text,
    session_id  text,
    -- both as encrypted in the events they belong to
    description text not null,
    event_id    uuid not null,
    repaired_by text,
    repaired_at timestamptz,
    action      text,
    repair_id   uuid,
    primary key (tenant_id, concern_id)
);
create index concerns_by_client on views.concerns (tenant_id, client_id, raised_at);
select clinic.protect_by_tenant('views.concerns');

create table views.recovery (
    tenant_id   text not null,
    client_id   text not null,
    episode_id  text not null,
    problem     text,
    modality    text,
    outcome     text not null,
    instruments text[] not null,
    ended_at    timestamptz not null,
    -- an episode's id is its therapist's, and two clients may have the same
    primary key (tenant_id, client_id, episode_id)
);
select clinic.protect_by_tenant('views.recovery');

create table views.on_call (
    tenant_id       text not null,
    stream_id       text not null,
    duty_id         text not null,
    practitioner_id text not null,
    level           int not null,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    -- a duty's id counts within the month in which it begins
    primary key (tenant_id, stream_id, duty_id)
);
create index on_call_by_time on views.on_call (tenant_id, ends_at);
select clinic.protect_by_tenant('views.on_call');

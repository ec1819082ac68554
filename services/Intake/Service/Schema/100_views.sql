create table views.worklist (
    tenant_id   text not null,
    referral_id text not null,
    source      text not null,
    urgency     text not null,
    status      text not null,
    client_id   text,
    received_at timestamptz not null,
    primary key (tenant_id, referral_id)
);
select clinic.protect_by_tenant('views.worklist');

create table views.safety_card (
    tenant_id       text not null,
    client_id       text not null,
    identity_mode   text,
    language        text,
    last_instrument text,
    last_total      int,
    last_band       text,
    follow_up       text,
    tier            text,
    triaged_by      text,
    action_due_at   timestamptz,
    plan_review_by  date,
    suitability     text,
    category        text,
    decided_by      text,
    in_crisis       boolean not null default false,
    alerts          text[] not null default '{}',
    primary key (tenant_id, client_id)
);
select clinic.protect_by_tenant('views.safety_card');

create table views.scores (
    tenant_id      text not null,
    client_id      text not null,
    response_id    text not null,
    instrument     text not null,
    scorer_version text not null,
    validity       text not null,
    total          int,
    band           text,
    scored_at      timestamptz not null,
    primary key (tenant_id, response_id)
);
create index scores_by_client on views.scores (tenant_id, client_id, scored_at);
select clinic.protect_by_tenant('views.scores');

create table views.alerts (
    tenant_id  text not null,
    client_id  text not null,
    alert_id   text not null,
    rule_id    text not null,
    status     text not null,
    due_at     timestamptz not null,
    raised_at  timestamptz not null,
    handled_by text,
    primary key (tenant_id, alert_id)
);
create index alerts_by_client on views.alerts (tenant_id, client_id, raised_at);
select clinic.protect_by_tenant('views.alerts');

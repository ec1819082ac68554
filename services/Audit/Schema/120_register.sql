-- Incidents, findings and restore tests: one row each.
create table views.register (
    tenant_id  text not null,
    kind       text not null,
    id         text not null,
    subject    text not null,
    severity   text not null,
    state      text not null,
    due_at     timestamptz,
    raised_by  text not null,
    reference  text,
    raised_at  timestamptz not null,
    changed_at timestamptz not null,
    primary key (tenant_id, kind, id)
);
create index register_in_order on views.register (tenant_id, kind, raised_at, id);
select clinic.protect_by_tenant('views.register');

-- What auditors search the trail by.
create index trail_in_order on views.trail (tenant_id, at, producer, sequence);
create index trail_by_actor on views.trail (tenant_id, actor, at);
create index trail_by_type on views.trail (tenant_id, type, at);
create index trail_by_practitioner on views.trail (tenant_id, (body ->> 'practitionerId'), at) where body ? 'practitionerId';
create index trail_by_recipient on views.trail (tenant_id, (body ->> 'recipientId'), at) where body ? 'recipientId';

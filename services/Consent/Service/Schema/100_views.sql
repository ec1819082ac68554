create table views.accounting (
    tenant_id         text not null,
    client_id         text not null,
    disclosure_id     text not null,
    made_at           timestamptz not null,
    recipient_id      text not null,
    recipient_name    text not null,
    recipient_address text not null,
    description       text not null,
    purpose           text not null,
    purpose_statement text not null,
    legal_basis       text not null,
    directive_id      text not null,
    directive_version int not null,
    document_id       text not null,
    document_version  int not null,
    discloser         text not null,
    content_hash      text not null,
    delivery          text,
    primary key (tenant_id, disclosure_id)
);
create index accounting_by_client on views.accounting (tenant_id, client_id, made_at);
select clinic.protect_by_tenant('views.accounting');

-- Directives with what a sweep over clients needs: which text, how far, until when.
create table views.directives (
    tenant_id        text not null,
    client_id        text not null,
    directive_id     text not null,
    document_id      text not null,
    document_version int not null,
    language         text not null,
    status           text not null,
    expires_at       timestamptz,
    -- one row per directive of a client
    primary key (tenant_id, client_id, directive_id)
);
create index directives_by_document on views.directives (tenant_id, document_id, language) where status = 'active';
create index directives_by_expiry on views.directives (tenant_id, expires_at) where status = 'active' and expires_at is not null;
select clinic.protect_by_tenant('views.directives');

-- Emergency accesses: who waits for a review, and what a client may be told.
create table views.emergencies (
    tenant_id       text not null,
    access_id       text not null,
    client_id       text not null,
    user_id         text not null,
    reason_code     text not null,
    status          text not null,
    granted_at      timestamptz not null,
    expires_at      timestamptz not null,
    review_due_at   timestamptz,
    reviewer        text,
    overdue         boolean not null,
    -- only what is true here is shown to the client
    client_informed boolean not null,
    -- one row per access
    primary key (tenant_id, access_id)
);
create index emergencies_by_client on views.emergencies (tenant_id, client_id, granted_at);
select clinic.protect_by_tenant('views.emergencies');

-- The texts there are.
create table views.documents (
    tenant_id     text not null,
    document_id   text not null,
    version       int not null,
    language      text not null,
    document_type text not null,
    content_hash  text not null,
    published_at  timestamptz not null,
    retired       boolean not null,
    -- one row per version and language
    primary key (tenant_id, document_id, version, language)
);
select clinic.protect_by_tenant('views.documents');

-- The ledger also holds emergency disclosures, what was learned later, and what a disclosure without consent rests on.
-- Filled again from the log, because earlier rows lack the columns.
delete from views.accounting;
alter table views.accounting add column stream_id text not null;
-- members of emergency disclosures have other names in their event
alter table views.accounting add column kind text not null;
alter table views.accounting add column flags text[] not null default '{}';
alter table views.accounting add column redacted text[] not null default '{}';
alter table views.accounting add column notice_id text;
alter table views.accounting add column basis_reference text;
alter table views.accounting add column approved_by text;
delete from clinic.checkpoint where name = 'accounting';

-- Every decision, for auditors: what was asked and answered, whether or not anything left.
create table views.decisions (
    tenant_id         text not null,
    position          bigint not null,
    client_id         text not null,
    disclosure_id     text not null,
    recipient_id      text not null,
    decided_at        timestamptz not null,
    permitted         boolean not null,
    reason_code       text,
    directive_id      text,
    directive_version int,
    -- one row per deciding event
    primary key (tenant_id, position)
);
create index decisions_by_client on views.decisions (tenant_id, client_id, position);
select clinic.protect_by_tenant('views.decisions');

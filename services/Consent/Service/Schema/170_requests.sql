-- What a decision was about: purpose and basis are said once, at the request.
create table views.requests (
    tenant_id     text not null,
    disclosure_id text not null,
    purpose       text not null,
    legal_basis   text not null,
    -- one row per request
    primary key (tenant_id, disclosure_id)
);
select clinic.protect_by_tenant('views.requests');
-- filled again from the log, because earlier requests are not in it
delete from views.decisions;
delete from clinic.checkpoint where name = 'decisions';

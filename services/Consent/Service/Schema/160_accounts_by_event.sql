-- Who records an emergency disclosure chooses its id, and may choose one that another disclosure has.
alter table views.accounting drop constraint accounting_pkey;
-- one row per event that told something to somebody
alter table views.accounting add primary key (tenant_id, event_id);
create index accounting_by_disclosure on views.accounting (tenant_id, disclosure_id) where kind = 'made';

-- A sweep asks who holds to an earlier text or has not answered it; an end may be announced for later.
alter table views.directives add column replaces text;
alter table views.directives add column ends_at timestamptz;
drop index views.directives_by_document;
create index directives_by_document on views.directives (tenant_id, document_id, language);
-- filled again from the log, because earlier rows lack the columns
delete from views.directives;
delete from clinic.checkpoint where name = 'directives';

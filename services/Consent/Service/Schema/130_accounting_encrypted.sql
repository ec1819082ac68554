-- Copies of encrypted members: with which event they were encrypted is part of what opens them.
-- What the view held openly goes, and the view is filled again from the log.
delete from views.accounting;
alter table views.accounting add column event_id uuid not null;
delete from clinic.checkpoint where name = 'accounting';

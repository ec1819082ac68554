-- A client reads what they wait for, copies of the record among it, and why it takes longer. The reason is a copy of the event's
-- encrypted text, bound to that event.
-- filled again from the log, because earlier rows lack the columns
delete from views.waiting_requests;
alter table views.waiting_requests add column reason text;
alter table views.waiting_requests add column reason_event uuid;
alter table views.waiting_requests add column stream_id text not null;
create index waiting_requests_by_client on views.waiting_requests (tenant_id, client_id, due_at);
delete from clinic.checkpoint where name = 'waiting-requests';

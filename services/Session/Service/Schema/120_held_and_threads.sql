-- What was held or flagged already is not looked at again: a retry goes on where it was, however many there are.
alter table views.practice
    add column held    boolean not null default false,
    add column flagged boolean not null default false;

-- Open threads by who answers, in the projection that sets the licences' deadlines, so that no thread before one is missed.
create table views.practice_threads (
    tenant_id       text not null,
    thread_id       text not null,
    practitioner_id text not null,
    primary key (tenant_id, thread_id)
);
create index practice_threads_by_practitioner on views.practice_threads (tenant_id, practitioner_id, thread_id);
select clinic.protect_by_tenant('views.practice_threads');

delete from views.practice;
delete from clinic.checkpoint where name = 'practice';

-- Who was ever licensed where, compacts included: candidates, of whom a look at their licences tells who is now.
create table views.licensed (
    tenant_id       text not null,
    jurisdiction    text not null,
    practitioner_id text not null,
    primary key (tenant_id, jurisdiction, practitioner_id)
);
select clinic.protect_by_tenant('views.licensed');

-- one follower keeps these tables, so all of them are filled again
delete from views.practice;
delete from views.practice_threads;
delete from views.platforms;
delete from clinic.checkpoint where name = 'practice';

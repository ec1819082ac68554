-- Proofs are for whoever may ask a service for them: the tree tells of no person.
grant select on clinic.tile, clinic.tree, clinic.signed_checkpoint to {{app}};

-- What witnesses have put under a checkpoint: that they saw it, and that it goes on from the last one they had seen.
create table clinic.cosignature (
    number       bigint generated always as identity primary key,
    checkpoint   bigint not null references clinic.signed_checkpoint (number),
    witness      text not null,
    -- the signature line, as the witness wrote it
    line         text not null,
    cosigned_at  timestamptz not null,
    unique (checkpoint, witness)
);

create trigger append_only before update or delete on clinic.cosignature for each row execute function clinic.refuse();
create trigger no_truncate before truncate on clinic.cosignature for each statement execute function clinic.refuse();
alter table clinic.cosignature enable always trigger append_only;
alter table clinic.cosignature enable always trigger no_truncate;

grant select on clinic.cosignature to {{app}}, {{worker}};
grant insert on clinic.cosignature to {{worker}};

-- The Merkle tree over clinic.log and what was signed of it. All of it can be made again from the log; what makes it evidence
-- are the signatures, whose key never enters the database, and the copies that others keep.

-- Tiles of C2SP tlog-tiles: up to 256 hashes of one level; the last of each level grows in place.
create table clinic.tile (
    level  int not null check (level between 0 and 7),
    index  bigint not null check (index >= 0),
    hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
    primary key (level, index)
);

create table clinic.tree (
    one  boolean primary key default true check (one),
    -- leaves in the tree: it follows the log by about a second
    size bigint not null
);
insert into clinic.tree (size) values (0);

create table clinic.signed_checkpoint (
    number    bigint generated always as identity primary key,
    size      bigint not null,
    root      bytea not null check (length(root) = 32),
    -- the signed note, as it was sent out
    note      text not null,
    signed_at timestamptz not null
);
create index signed_checkpoint_size on clinic.signed_checkpoint (size);

create trigger append_only before update or delete on clinic.signed_checkpoint for each row execute function clinic.refuse();
create trigger no_truncate before truncate on clinic.signed_checkpoint for each statement execute function clinic.refuse();
alter table clinic.signed_checkpoint enable always trigger append_only;
alter table clinic.signed_checkpoint enable always trigger no_truncate;

-- Grows the tree. False when another process has grown it meanwhile: the compare on the size is the fence, and nothing is
-- changed then.
create function clinic.grow_tree(p_from bigint, p_to bigint, p_level int[], p_index bigint[], p_hashes bytea[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update clinic.tree set size = p_to where size = p_from and p_to > p_from;
    if not found then return false; end if;
    insert into clinic.tile (level, index, hashes) select * from unnest(p_level, p_index, p_hashes)
    -- a tile only ever gets longer
    on conflict (level, index) do update set hashes = excluded.hashes where length(excluded.hashes) > length(clinic.tile.hashes);
    return true;
end $$;
revoke all on function clinic.grow_tree from public;

grant select on clinic.tile, clinic.tree, clinic.signed_checkpoint to {{worker}};
grant insert on clinic.signed_checkpoint to {{worker}};
grant execute on function clinic.grow_tree to {{worker}};

-- Marten has this column since some version after 9.29, and reads it with every append and every look at a stream; so a clinic's
-- Marten finds its tables to the column. No stream here is ever compacted: nobody may write anything but the default.
alter table public.mt_streams add column if not exists compacted_version bigint not null default 0;

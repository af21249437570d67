-- Names this database for ever. Change numbers, versions and keys of one epoch mean nothing in
-- another, so a node that holds one epoch refuses what another database says.
create table epoch (
  epoch      uuid        not null,
  created_at timestamptz not null
);
create unique index epoch_is_one on epoch ((true));
insert into epoch values (gen_random_uuid(), now());

-- Links to reports that somebody has made, so that they can be listed and taken back.

create table share_link (
  id         uuid        primary key,
  experiment text        not null,
  created_at timestamptz not null,
  created_by text        not null,
  reason     text        not null,
  ends_at    timestamptz not null,
  revoked_at timestamptz
);
create index share_link_by_experiment on share_link (experiment);

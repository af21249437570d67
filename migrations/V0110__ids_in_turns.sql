-- Ids of requests' events, in two tables that take turns: new ids go into one, and when its oldest are
-- old enough the other one is emptied at once and takes over. A row each need not be deleted, nor its
-- place in a large index be cleaned up.

alter table seen_event rename to seen_event_0;
alter table seen_event_0 rename constraint seen_event_pkey to seen_event_0_pkey;
drop index seen_event_by_hour;
alter table seen_event_0 drop column seen_hour;
alter table seen_event_0 add column turn smallint not null default 0;

create table seen_event (
  event_id uuid     not null,
  turn     smallint not null
) partition by list (turn);

alter table seen_event attach partition seen_event_0 for values in (0);
create table seen_event_1 partition of seen_event (primary key (event_id)) for values in (1);

create table id_turn (
  only_one boolean     primary key default true check (only_one),
  -- Of the table that new ids go into, since when. Changes only while nobody counts.
  turn     smallint    not null check (turn in (0, 1)),
  since    timestamptz not null
);
insert into id_turn (turn, since) values (0, now());

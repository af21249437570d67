-- What is kept no longer, noted so that a rebuild does not miss it.

-- Units of which nothing is kept but that they were erased.
create table erased_unit (
  unit      uuid        primary key,
  erased_at timestamptz not null
);

-- Ids that were counted before this hour (since 1970) are forgotten. No row: none is.
create table forgotten_ids (
  only_one    boolean primary key default true check (only_one),
  before_hour integer not null
);

-- Experiments whose units' states are forgotten. Their evidence stays.
create table forgotten_units (
  experiment_id integer     primary key references experiment,
  forgotten_at  timestamptz not null
);

alter table log_position
  -- When the log received the oldest event of the batch that moved the position last.
  add column received_at timestamptz;

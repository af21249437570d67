-- Who may be in which experiments at once.

-- A division of all units into 10,000 buckets, of which experiments take ranges.
create table layer (
  key        text        primary key,
  name       text        not null,
  created_at timestamptz not null
);

-- A range of units, in buckets of its own, that no experiment may touch; or none of one layer.
create table holdout (
  key          text        primary key,
  name         text        not null,
  layer        text        references layer,
  from_bucket  integer     not null,
  until_bucket integer     not null,
  -- From change_sequence: of its creation, then of its end.
  sequence     bigint      not null unique,
  created_at   timestamptz not null,
  ended_at     timestamptz,
  check (0 <= from_bucket and from_bucket < until_bucket and until_bucket <= 10000)
);

-- How far the ramp of a running experiment is, and what holds it.
create table ramp_progress (
  experiment_id integer          primary key references experiment,
  share         double precision not null,
  since         timestamptz      not null,
  -- Why the next step waits although its time has come.
  held          text
);

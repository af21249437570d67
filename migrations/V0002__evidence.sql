-- What the aggregator writes, all in one transaction: offsets, event ids, unit states, evidence.

-- The next offset to read. Compare-and-set on it is what fences a frozen worker.
create table log_position (
  topic       text    not null,
  partition   integer not null,
  next_offset bigint  not null,
  primary key (topic, partition)
);

-- Identities of events already counted: the first 128 bits of a hash of source and id.
create table seen_event (
  event_id uuid    primary key,
  -- Hours since 1970-01-01T00:00Z at which the log received the event; retention deletes by it.
  seen_hour integer not null
);
create index seen_event_by_hour on seen_event using brin (seen_hour);

-- One randomisation unit in one experiment: its earliest exposure and every outcome seen so far.
-- The unit's contribution to the evidence is a pure function of this row.
create table unit_state (
  experiment_id integer not null,
  unit          uuid    not null,
  -- Compare-and-set: a concurrent writer makes the transaction start over.
  revision      integer not null,
  state         bytea   not null,
  primary key (experiment_id, unit)
) with (fillfactor = 80);

-- Sums over units, by hour of exposure. Exact: the same log gives the same digits.
create table evidence (
  experiment_id   integer  not null,
  arm             smallint not null,
  metric          text     not null,
  exposure_hour   integer  not null,
  partition       integer  not null,
  units           bigint   not null,
  -- Units with at least one credited outcome.
  responders      bigint   not null,
  -- Units that were seen in more than one arm.
  switched        bigint   not null,
  sum             numeric  not null,
  sum_of_squares  numeric  not null,
  -- Weighted by 1 / propensity, in units of 2^-20.
  weight               numeric not null,
  weighted_sum         numeric not null,
  weighted_sum_squares numeric not null,
  primary key (experiment_id, arm, metric, exposure_hour, partition)
) with (fillfactor = 70);

-- What happened to events, per experiment ('' where none is named).
create table event_count (
  experiment    text     not null,
  kind          text     not null,
  log_hour      integer  not null,
  partition     integer  not null,
  events        bigint   not null,
  primary key (experiment, kind, log_hour, partition)
) with (fillfactor = 70);

-- Events that could not be understood, with their bytes.
create table rejected_event (
  topic       text        not null,
  partition   integer     not null,
  log_offset  bigint      not null,
  received_at timestamptz not null,
  code        text        not null,
  detail      text        not null,
  key         bytea,
  value       bytea,
  primary key (topic, partition, log_offset)
);

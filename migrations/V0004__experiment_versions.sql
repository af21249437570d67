-- Every version of a started experiment, with the positions of the log from which it holds. Which
-- events count then follows from the log alone, whatever the clocks say.

create table experiment_version (
  experiment_id integer     not null references experiment,
  version       integer     not null,
  sequence      bigint      not null unique,
  status        text        not null,
  definition    jsonb       not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  started_at    timestamptz not null,
  stopped_at    timestamptz,
  archived_at   timestamptz,
  -- Topic -> partition -> first offset. A partition that is missing had not been read yet.
  positions     jsonb       not null,
  primary key (experiment_id, version)
);

-- Of experiments that were started before, the version in force stands for all earlier ones.
insert into experiment_version
select experiment_id, version, sequence, status, definition, created_at, updated_at, started_at,
       stopped_at, archived_at, '{}'
  from experiment where started_at is not null;

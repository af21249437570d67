-- What simulation promised of an experiment's design. The newest of an experiment is cited.

create table certificate (
  certificate_id bigint generated always as identity primary key,
  experiment_id  integer     not null references experiment,
  made_at        timestamptz not null,
  actor          text        not null,
  -- What was expected of the experiment: baseline, traffic, days.
  plan           jsonb       not null,
  -- The simulated design in full; a report tells by it whether the experiment has changed since.
  design         text        not null,
  figures        jsonb       not null
);
create index certificate_by_experiment on certificate (experiment_id, certificate_id);

-- What the learner decided: immutable, numbered, with all that is needed to derive it again.

create table allocation_version (
  -- From change_sequence.
  sequence           bigint      primary key,
  experiment_id      integer     not null references experiment,
  version            bigint      not null check (version >= 1),
  -- The definition in force.
  definition_version integer     not null,
  reason             text        not null
    check (reason in ('started', 'evidence', 'definition')),
  created_at         timestamptz not null,
  -- One per slot; they sum to 2^32. A slot without an arm, or with a retired one, has 0.
  shares             bigint[]    not null,
  -- Per arm: evidence, posterior, probability to be best, expected loss.
  arms               jsonb       not null,
  numerical_error    double precision not null,
  -- Next offsets of the log, per partition, that the evidence covers.
  positions          jsonb       not null,
  unique (experiment_id, version)
);

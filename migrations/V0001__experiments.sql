-- What people configure, and who changed it.

-- Numbers every change that serving nodes must see: of experiments and of allocations. Writers hold
-- an advisory lock while they draw a number and commit, so a node that has seen number n has seen
-- all numbers below n.
create sequence change_sequence;

create table experiment (
  experiment_id integer generated always as identity primary key,
  key           text        not null unique,
  status        text        not null
    check (status in ('draft', 'running', 'paused', 'stopped', 'archived')),
  -- Counts every change; the ETag of the resource.
  version       integer     not null check (version >= 1),
  sequence      bigint      not null unique,
  -- The whole definition as one document: validated, versioned and replaced as a whole.
  definition    jsonb       not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  started_at    timestamptz,
  stopped_at    timestamptz,
  archived_at   timestamptz
);

-- Append-only: every change with its author, its reason and both sides.
create table audit_entry (
  audit_id   bigint generated always as identity primary key,
  at         timestamptz not null,
  actor      text        not null,
  action     text        not null,
  experiment text,
  version    integer,
  reason     text,
  before     jsonb,
  after      jsonb
);
create index audit_entry_by_experiment on audit_entry (experiment, audit_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only';
end;
$$;
create trigger audit_entry_is_append_only
  before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();

-- Keys of callers. Secrets are 256 random bits, so a plain SHA-256 is a sufficient hash.
create table api_key (
  key_id      text        primary key,
  name        text        not null,
  secret_hash bytea       not null,
  roles       text[]      not null,
  created_at  timestamptz not null,
  expires_at  timestamptz,
  revoked_at  timestamptz
);

-- Keys that sign decision tokens and dashboard sessions; a retired key still verifies.
create table signing_key (
  key_id     smallint    primary key,
  secret     bytea       not null check (length(secret) = 32),
  created_at timestamptz not null,
  retired_at timestamptz
);

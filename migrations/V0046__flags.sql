-- Feature flags.

create table flag (
  key        text        primary key,
  -- Counts every change; the ETag of the resource.
  version    integer     not null check (version >= 1),
  -- From change_sequence.
  sequence   bigint      not null unique,
  definition jsonb       not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

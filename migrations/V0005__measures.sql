-- Several metrics per experiment, ratios, and what came too late.

alter table evidence
  -- Outcomes of these units that came after the attribution window or its grace, and count nowhere.
  add column late bigint not null default 0,
  -- Of the denominators of a ratio metric, and of numerator times denominator.
  add column denominator_sum numeric not null default 0,
  add column denominator_sum_squares numeric not null default 0,
  add column product_sum numeric not null default 0;

alter table allocation_version
  -- Learned from units exposed before this hour (since 1970); null: from all.
  add column exposed_before_hour integer;

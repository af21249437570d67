-- What was known of units before their exposure, beside what they did after it.

alter table evidence
  -- Units of which the covariate is known; the sums are over these.
  add column covariate_units bigint not null default 0,
  add column covariate_sum numeric not null default 0,
  add column covariate_sum_squares numeric not null default 0,
  -- Of the units' values times covariates.
  add column covariate_product_sum numeric not null default 0;

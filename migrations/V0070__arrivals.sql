-- What the shares in force promised to each arm, beside what arrived: for the sample-ratio test.

create table arrival (
  experiment_id integer  not null,
  arm           smallint not null,
  partition     integer  not null,
  -- Units first seen by an event whose decision token names the version that drew the arm.
  units         bigint   not null,
  -- Over all such units of the experiment: the arm's share, in units of 2^-32, and share times
  -- (1 - share), in units of 2^-64. Whole numbers, so exact.
  expected      numeric  not null,
  variance      numeric  not null,
  primary key (experiment_id, arm, partition)
) with (fillfactor = 70);

-- Evidence by day of exposure: what the hours of a day add up to, so that reports and allocations of long
-- experiments read days where they need no hours. Kept by the database itself, in the transaction that
-- changes an hour; the partition stays in the key, so that workers do not wait for each other.

create table evidence_day (
  experiment_id integer  not null,
  arm           smallint not null,
  metric        text     not null,
  -- Days since 1970, UTC.
  exposure_day  integer  not null,
  partition     integer  not null,
  units                   bigint   not null,
  responders              bigint   not null,
  switched                bigint   not null,
  late                    bigint   not null,
  sum                     numeric  not null,
  sum_of_squares          numeric  not null,
  denominator_sum         numeric  not null,
  denominator_sum_squares numeric  not null,
  product_sum             numeric  not null,
  covariate_units         bigint   not null,
  covariate_sum           numeric  not null,
  covariate_sum_squares   numeric  not null,
  covariate_product_sum   numeric  not null,
  primary key (experiment_id, arm, metric, exposure_day, partition)
) with (fillfactor = 70);

insert into evidence_day
  (experiment_id, arm, metric, exposure_day, partition,
   units, responders, switched, late, sum, sum_of_squares, denominator_sum, denominator_sum_squares,
   product_sum, covariate_units, covariate_sum, covariate_sum_squares, covariate_product_sum)
  select experiment_id, arm, metric, exposure_hour / 24, partition,
         sum(units)::bigint, sum(responders)::bigint, sum(switched)::bigint, sum(late)::bigint,
         sum(sum), sum(sum_of_squares), sum(denominator_sum), sum(denominator_sum_squares),
         sum(product_sum), sum(covariate_units)::bigint, sum(covariate_sum),
         sum(covariate_sum_squares), sum(covariate_product_sum)
    from evidence group by 1, 2, 3, 4, 5;

create function add_evidence_up_by_day() returns trigger language plpgsql as $$
begin
  execute
    format(
      $sql$
      insert into evidence_day as d
        (experiment_id, arm, metric, exposure_day, partition,
         units, responders, switched, late, sum, sum_of_squares, denominator_sum,
         denominator_sum_squares, product_sum, covariate_units, covariate_sum,
         covariate_sum_squares, covariate_product_sum)
      select experiment_id, arm, metric, exposure_hour / 24, partition,
         sum(sign * units)::bigint, sum(sign * responders)::bigint, sum(sign * switched)::bigint,
         sum(sign * late)::bigint, sum(sign * sum), sum(sign * sum_of_squares),
         sum(sign * denominator_sum), sum(sign * denominator_sum_squares), sum(sign * product_sum),
         sum(sign * covariate_units)::bigint, sum(sign * covariate_sum),
         sum(sign * covariate_sum_squares), sum(sign * covariate_product_sum)
        from (%s) changes group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (experiment_id, arm, metric, exposure_day, partition) do update
         set units = d.units + excluded.units,
             responders = d.responders + excluded.responders,
             switched = d.switched + excluded.switched,
             late = d.late + excluded.late,
             sum = d.sum + excluded.sum,
             sum_of_squares = d.sum_of_squares + excluded.sum_of_squares,
             denominator_sum = d.denominator_sum + excluded.denominator_sum,
             denominator_sum_squares = d.denominator_sum_squares + excluded.denominator_sum_squares,
             product_sum = d.product_sum + excluded.product_sum,
             covariate_units = d.covariate_units + excluded.covariate_units,
             covariate_sum = d.covariate_sum + excluded.covariate_sum,
             covariate_sum_squares = d.covariate_sum_squares + excluded.covariate_sum_squares,
             covariate_product_sum = d.covariate_product_sum + excluded.covariate_product_sum
      $sql$,
      case tg_op
        when 'INSERT' then 'select 1 as sign, * from fresh'
        when 'DELETE' then 'select -1 as sign, * from stale'
        else 'select 1 as sign, * from fresh union all select -1, * from stale'
      end);
  return null;
end
$$;

create trigger evidence_by_day_on_insert after insert on evidence
  referencing new table as fresh
  for each statement execute function add_evidence_up_by_day();

create trigger evidence_by_day_on_update after update on evidence
  referencing old table as stale new table as fresh
  for each statement execute function add_evidence_up_by_day();

create trigger evidence_by_day_on_delete after delete on evidence
  referencing old table as stale
  for each statement execute function add_evidence_up_by_day();

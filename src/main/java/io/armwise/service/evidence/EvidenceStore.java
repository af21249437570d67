package io.armwise.service.evidence;

import io.armwise.bandits.experiment.LearnFrom;
import io.armwise.posterior.CovariateEvidence;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.MomentEvidence;
import io.armwise.posterior.sequential.SampleRatioMartingale;
import io.armwise.service.event.LogPositions;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;

/** Reads the evidence. Thread-safe. */
@Singleton
public final class EvidenceStore {
  /** Binds {@link #wanted}. */
  private static final String WANTED =
      """
      unnest(?::integer[], ?::text[], ?::text[], ?::integer[]) with ordinality
        as wanted (experiment, metric, slots, since, number)
      """;

  private final LogPositions log;

  EvidenceStore(LogPositions log) {
    this.log = log;
  }

  /** Per partition the next offset of the log, that is, what the evidence covers. */
  public Map<Integer, Long> positions(DSLContext transaction) {
    return log.read(transaction);
  }

  /** See {@link LogPositions#oldestOfNewest}. */
  public Optional<Instant> oldestOfNewest(DSLContext transaction, Map<Integer, Long> since) {
    return log.oldestOfNewest(transaction, since);
  }

  /**
   * An arm's evidence as reports show it.
   *
   * @param total the sums
   * @param responders units with an outcome other than zero
   * @param switched units that were seen in several arms
   * @param late outcomes that came too late to count
   * @param pending units whose attribution window is still open
   * @param mature the sums over the other units, whose values are final
   */
  public record ArmSums(
      ExactSums total, long responders, long switched, long late, long pending, ExactSums mature) {
    static final ArmSums NONE = new ArmSums(ExactSums.NONE, 0, 0, 0, 0, ExactSums.NONE);

    /** The sums that an experiment learns from. */
    public ExactSums learned(LearnFrom from) {
      return switch (from) {
        case ALL -> total;
        case MATURED -> mature;
      };
    }
  }

  /**
   * An arm's sums of two values per unit: the parts of a ratio, or a metric and its covariate.
   *
   * @param first of the units: the numerator, or the metric
   * @param second of the same units: the denominator, or the covariate
   * @param product sum of the first times the second
   */
  public record JointSums(ExactSums first, ExactSums second, BigDecimal product) {
    static final JointSums NONE = new JointSums(ExactSums.NONE, ExactSums.NONE, BigDecimal.ZERO);

    /** The moments, each computed exactly and rounded once; {@link #second} is the covariate. */
    public CovariateEvidence moments() {
      MomentEvidence metric = first.moments();
      MomentEvidence covariate = second.moments();
      BigDecimal n = BigDecimal.valueOf(Math.max(1, first.count()));
      double coMoment =
          product
              .multiply(n)
              .subtract(first.sum().multiply(second.sum()))
              .divide(n, MathContext.DECIMAL128)
              .doubleValue();
      return new CovariateEvidence(
          metric.count(),
          covariate.mean(),
          metric.mean(),
          covariate.sumOfSquaredDeviations(),
          metric.sumOfSquaredDeviations(),
          coMoment);
    }
  }

  /**
   * An arm's sums of a metric and its covariate.
   *
   * @param known units of which the covariate is known; the others count with 0
   * @param sums over all units
   */
  public record CovariateSums(long known, JointSums sums) {
    static final CovariateSums NONE = new CovariateSums(0, JointSums.NONE);
  }

  /**
   * The first hour (since 1970) of whose units some are pending: a unit exposed in it may have its
   * attribution window open at {@code now}.
   */
  public static int firstPendingHour(Instant now, Duration window) {
    return (int) Math.floorDiv(now.minus(window).getEpochSecond(), 3_600L);
  }

  /**
   * An experiment's evidence.
   *
   * @param metric key
   * @param arms how many arms
   * @param pendingSince units exposed in this hour or later, in hours since 1970, are pending
   * @return per arm, in slot order
   */
  public List<ArmSums> sums(
      DSLContext transaction, int experiment, String metric, int arms, int pendingSince) {
    return sums(transaction, List.of(new Wanted(experiment, metric, arms, pendingSince)))
        .getFirst()
        .get();
  }

  /**
   * What to sum of an experiment.
   *
   * @param metric key
   * @param arms how many arms
   * @param since units exposed in this hour or later, in hours since 1970, are pending
   */
  public record Wanted(int experiment, String metric, int arms, int since) {}

  /**
   * Evidence of many experiments, asked for at once.
   *
   * @return for each that is wanted, per arm, in slot order; where no values can have the sums,
   *     only who asks for these gets an {@link IllegalArgumentException}
   */
  public List<Supplier<List<ArmSums>>> sums(DSLContext transaction, List<Wanted> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<Integer, List<Record>> rows = new HashMap<>();
    transaction
        .resultQuery(
            """
            select number, arm, sum(units), sum(sum), sum(sum_of_squares), sum(responders),
                   sum(switched), coalesce(sum(units) filter (where hour < since), 0),
                   coalesce(sum(sum) filter (where hour < since), 0),
                   coalesce(sum(sum_of_squares) filter (where hour < since), 0), sum(late)
              from
            """
                + WANTED
                + daysAndHours("units, sum, sum_of_squares, responders, switched, late")
                + " group by number, arm",
            wanted(wanted))
        .forEach(
            row -> rows.computeIfAbsent(row.get(0, int.class), _ -> new ArrayList<>()).add(row));
    return IntStream.rangeClosed(1, wanted.size())
        .<Supplier<List<ArmSums>>>mapToObj(
            number ->
                () -> armSums(rows.getOrDefault(number, List.of()), wanted.get(number - 1).arms()))
        .toList();
  }

  private static List<ArmSums> armSums(List<Record> rows, int arms) {
    List<ArmSums> sums = new ArrayList<>(Collections.nCopies(arms, ArmSums.NONE));
    rows.forEach(row -> sums.set(row.get(1, int.class), armSums(row)));
    return sums;
  }

  /** The same of a ratio metric, over units exposed before an hour. */
  public List<JointSums> ratioSums(
      DSLContext transaction, int experiment, String metric, int arms, int exposedBefore) {
    List<JointSums> sums = new ArrayList<>(Collections.nCopies(arms, JointSums.NONE));
    byArm(
            transaction,
            List.of("denominator_sum", "denominator_sum_squares", "product_sum"),
            experiment,
            metric,
            arms,
            exposedBefore)
        .forEach(row -> sums.set(row.get(0, int.class), jointSums(row)));
    return sums;
  }

  /** The same of a metric and its covariate. */
  public List<CovariateSums> covariateSums(
      DSLContext transaction, int experiment, String metric, int arms, int exposedBefore) {
    List<CovariateSums> sums = new ArrayList<>(Collections.nCopies(arms, CovariateSums.NONE));
    byArm(
            transaction,
            List.of(
                "covariate_sum",
                "covariate_sum_squares",
                "covariate_product_sum",
                "covariate_units"),
            experiment,
            metric,
            arms,
            exposedBefore)
        .forEach(
            row ->
                sums.set(
                    row.get(0, int.class),
                    new CovariateSums(row.get(7, long.class), jointSums(row))));
    return sums;
  }

  /** Per arm its slot, units, sum, sum of squares, and these other columns summed. */
  private static ResultQuery<Record> byArm(
      DSLContext transaction,
      List<String> others,
      int experiment,
      String metric,
      int arms,
      int exposedBefore) {
    List<String> columns = new ArrayList<>(List.of("units", "sum", "sum_of_squares"));
    columns.addAll(others);
    return transaction.resultQuery(
        "select arm, "
            + columns.stream().map("sum(%s)"::formatted).collect(Collectors.joining(", "))
            + " from "
            + WANTED
            + daysAndHours(String.join(", ", columns))
            + " where hour < since group by arm",
        wanted(List.of(new Wanted(experiment, metric, arms, exposedBefore))));
  }

  private static Object[] wanted(List<Wanted> wanted) {
    return new Object[] {
      wanted.stream().map(Wanted::experiment).toArray(Integer[]::new),
      wanted.stream().map(Wanted::metric).toArray(String[]::new),
      wanted.stream().map(one -> slots(one.arms())).toArray(String[]::new),
      wanted.stream().map(Wanted::since).toArray(Integer[]::new)
    };
  }

  /** All slots as an array's text; they let the index skip to the hours of each arm. */
  private static String slots(int arms) {
    return IntStream.range(0, arms)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * Evidence of what is {@link #WANTED} with the first hour that a row stands for: whole days, and
   * by hours the one day that a boundary divides. As a long: the day after the last that an integer
   * names is counted, too.
   */
  private static String daysAndHours(String figures) {
    return """
    cross join lateral
    (select arm, exposure_day * 24 as hour, %1$s
       from evidence_day
      where experiment_id = wanted.experiment and metric = wanted.metric
        and exposure_day <> wanted.since / 24
     union all
     select arm, exposure_hour, %1$s
       from evidence
      where experiment_id = wanted.experiment and arm = any(wanted.slots::smallint[])
        and metric = wanted.metric and exposure_hour >= wanted.since / 24 * 24::bigint
        and exposure_hour < wanted.since / 24 * 24::bigint + 24) figures
    """
        .formatted(figures);
  }

  private static JointSums jointSums(Record row) {
    return new JointSums(
        new ExactSums(
            row.get(1, long.class), row.get(2, BigDecimal.class), row.get(3, BigDecimal.class)),
        new ExactSums(
            row.get(1, long.class), row.get(4, BigDecimal.class), row.get(5, BigDecimal.class)),
        row.get(6, BigDecimal.class));
  }

  private static ArmSums armSums(Record row) {
    ExactSums total =
        new ExactSums(
            row.get(2, long.class), row.get(3, BigDecimal.class), row.get(4, BigDecimal.class));
    ExactSums mature =
        new ExactSums(
            row.get(7, long.class), row.get(8, BigDecimal.class), row.get(9, BigDecimal.class));
    return new ArmSums(
        total,
        row.get(5, long.class),
        row.get(6, long.class),
        row.get(10, long.class),
        total.count() - mature.count(),
        mature);
  }

  /**
   * An arm's evidence of the units that were first exposed on one day.
   *
   * @param day in days since 1970, UTC
   * @param arm slot
   * @param sums of the units' values
   */
  public record DaySums(long day, int arm, ExactSums sums) {}

  /** Some arms' evidence by day of exposure, oldest first. */
  public List<DaySums> days(
      DSLContext transaction, int experiment, String metric, List<Integer> arms) {
    return transaction
        .resultQuery(
            """
            select exposure_day, arm, sum(units), sum(sum), sum(sum_of_squares)
              from evidence_day
             where experiment_id = ? and arm = any(?::smallint[]) and metric = ?
             group by 1, 2 having sum(units) > 0 order by 1, 2
            """,
            experiment,
            arms.toArray(Integer[]::new),
            metric)
        .fetch(
            row ->
                new DaySums(
                    row.get(0, long.class),
                    row.get(1, int.class),
                    new ExactSums(
                        row.get(2, long.class),
                        row.get(3, BigDecimal.class),
                        row.get(4, BigDecimal.class))));
  }

  /**
   * What arrived in each arm and what its shares promised, over the units whose decision is known.
   *
   * @return per arm, in slot order; empty while there is no such unit
   */
  public List<SampleRatioMartingale.Arm> arrivals(DSLContext transaction, int experiment) {
    return transaction
        .resultQuery(
            """
            select sum(units), sum(expected) / 4294967296, sum(variance) / 4294967296 / 4294967296
              from arrival where experiment_id = ? group by arm order by arm
            """,
            experiment)
        .fetch(
            row ->
                new SampleRatioMartingale.Arm(
                    row.get(0, long.class), row.get(1, double.class), row.get(2, double.class)));
  }

  /** How often each kind of event was counted for an experiment ('' for those that name none). */
  public Map<EventCount, Long> counts(DSLContext transaction, String experiment) {
    Map<EventCount, Long> counts = new HashMap<>();
    transaction
        .resultQuery(
            "select kind, sum(events) from event_count where experiment = ? group by kind",
            experiment)
        .forEach(
            row ->
                counts.put(
                    EventCount.valueOf(row.get(0, String.class).toUpperCase(Locale.ROOT)),
                    row.get(1, Long.class)));
    return counts;
  }
}

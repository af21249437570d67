package io.armwise.service.rebuild;

import io.armwise.service.evidence.EvidenceFigures;
import io.armwise.service.evidence.EvidenceFigures.Place;
import io.armwise.service.evidence.EvidenceRows;
import io.armwise.service.evidence.RebuiltEvidence;
import io.armwise.service.evidence.RebuiltEvidence.ArrivedFigures;
import io.armwise.service.evidence.RebuiltEvidence.ArrivedPlace;
import io.armwise.service.evidence.RebuiltEvidence.Tally;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds, as one transaction sees it. What grows with the number of units is read
 * in portions and never held; sums are read once. One thread.
 */
final class LiveEvidence {
  private final DSLContext transaction;
  private final String topic;
  private final @Nullable Integer experiment;
  private @Nullable Map<Place, EvidenceFigures> figures;
  private @Nullable Map<DayPlace, DayFigures> days;

  /**
   * Evidence that is not read yet.
   *
   * @param experiment id of the only experiment of interest; null for all
   */
  LiveEvidence(DSLContext transaction, String topic, @Nullable Integer experiment) {
    this.transaction = transaction;
    this.topic = topic;
    this.experiment = experiment;
  }

  DSLContext transaction() {
    return transaction;
  }

  @Nullable Integer experiment() {
    return experiment;
  }

  /** The sums over all partitions, rows of zeros left out. */
  Map<Place, EvidenceFigures> figures() {
    Map<Place, EvidenceFigures> known = figures;
    if (known == null) {
      known = readFigures();
      figures = known;
    }
    return known;
  }

  private Map<Place, EvidenceFigures> readFigures() {
    Map<Place, EvidenceFigures> read = new HashMap<>();
    transaction
        .resultQuery(
            """
            select experiment_id, arm, metric, exposure_hour, sum(units), sum(responders),
                   sum(switched), sum(sum), sum(sum_of_squares), sum(weight), sum(weighted_sum),
                   sum(weighted_sum_squares), sum(late), sum(denominator_sum),
                   sum(denominator_sum_squares), sum(product_sum), sum(covariate_units),
                   sum(covariate_sum), sum(covariate_sum_squares), sum(covariate_product_sum)
              from evidence where experiment_id = coalesce(?::int, experiment_id)
             group by experiment_id, arm, metric, exposure_hour
            """,
            experiment)
        .forEach(
            row -> {
              EvidenceFigures sums =
                  new EvidenceFigures(
                      row.get(4, long.class),
                      row.get(5, long.class),
                      row.get(6, long.class),
                      row.get(7, BigDecimal.class),
                      row.get(8, BigDecimal.class),
                      row.get(9, BigDecimal.class),
                      row.get(10, BigDecimal.class),
                      row.get(11, BigDecimal.class),
                      row.get(12, long.class),
                      row.get(13, BigDecimal.class),
                      row.get(14, BigDecimal.class),
                      row.get(15, BigDecimal.class),
                      row.get(16, long.class),
                      row.get(17, BigDecimal.class),
                      row.get(18, BigDecimal.class),
                      row.get(19, BigDecimal.class));
              if (!sums.equals(EvidenceFigures.ZERO)) {
                read.put(
                    new Place(
                        row.get(0, int.class),
                        row.get(1, int.class),
                        row.get(2, String.class),
                        row.get(3, int.class)),
                    sums);
              }
            });
    return read;
  }

  /** Where a row of the evidence by day belongs. */
  record DayPlace(int experiment, int arm, String metric, int day) {}

  /** What a day of exposure adds up to; equal numbers are equal whatever their digits. */
  record DayFigures(long units, BigDecimal sum, BigDecimal sumOfSquares) {
    static final DayFigures ZERO = new DayFigures(0, BigDecimal.ZERO, BigDecimal.ZERO);

    DayFigures {
      sum = sum.stripTrailingZeros();
      sumOfSquares = sumOfSquares.stripTrailingZeros();
    }

    private DayFigures plus(DayFigures more) {
      return new DayFigures(
          units + more.units, sum.add(more.sum), sumOfSquares.add(more.sumOfSquares));
    }
  }

  /** The evidence by day over all partitions, rows of zeros left out. */
  Map<DayPlace, DayFigures> days() {
    Map<DayPlace, DayFigures> known = days;
    if (known == null) {
      known = readDays();
      days = known;
    }
    return known;
  }

  private Map<DayPlace, DayFigures> readDays() {
    Map<DayPlace, DayFigures> read = new HashMap<>();
    transaction
        .resultQuery(
            """
            select experiment_id, arm, metric, exposure_day, sum(units), sum(sum),
                   sum(sum_of_squares)
              from evidence_day where experiment_id = coalesce(?::int, experiment_id)
             group by experiment_id, arm, metric, exposure_day
            """,
            experiment)
        .forEach(
            row ->
                read.put(
                    new DayPlace(
                        row.get(0, int.class),
                        row.get(1, int.class),
                        row.get(2, String.class),
                        row.get(3, int.class)),
                    new DayFigures(
                        row.get(4, long.class),
                        row.get(5, BigDecimal.class),
                        row.get(6, BigDecimal.class))));
    read.values().removeIf(DayFigures.ZERO::equals);
    return read;
  }

  /** What hours add up to by day, rows of zeros left out. */
  static Map<DayPlace, DayFigures> days(Map<Place, EvidenceFigures> hours) {
    Map<DayPlace, DayFigures> days = new HashMap<>();
    hours.forEach(
        (place, figures) ->
            days.merge(
                new DayPlace(place.experiment(), place.arm(), place.metric(), place.hour() / 24),
                new DayFigures(figures.units(), figures.sum(), figures.sumOfSquares()),
                DayFigures::plus));
    days.values().removeIf(DayFigures.ZERO::equals);
    return days;
  }

  /** The experiments whose sums are not those that were made of the log. */
  Set<Integer> differing(RebuiltEvidence made) {
    Map<Place, EvidenceFigures> live = figures();
    Map<Place, EvidenceFigures> rebuilt = made.figures();
    Set<Integer> different = new HashSet<>();
    Map<DayPlace, DayFigures> days = days();
    Map<DayPlace, DayFigures> rebuiltDays = days(rebuilt);
    Set<DayPlace> all = new HashSet<>(days.keySet());
    all.addAll(rebuiltDays.keySet());
    for (DayPlace place : all) {
      if (!Objects.equals(days.get(place), rebuiltDays.get(place))) {
        different.add(place.experiment());
      }
    }
    for (Map.Entry<Place, EvidenceFigures> row : live.entrySet()) {
      if (!row.getValue().equals(rebuilt.get(row.getKey()))) {
        different.add(row.getKey().experiment());
      }
    }
    for (Place place : rebuilt.keySet()) {
      if (!live.containsKey(place)) {
        different.add(place.experiment());
      }
    }
    return different;
  }

  Map<ArrivedPlace, ArrivedFigures> arrivals() {
    Map<ArrivedPlace, ArrivedFigures> arrivals = new HashMap<>();
    transaction
        .resultQuery(
            """
            select experiment_id, arm, sum(units), sum(expected), sum(variance)
              from arrival where experiment_id = coalesce(?::int, experiment_id)
             group by experiment_id, arm
            """,
            experiment)
        .forEach(
            row ->
                arrivals.put(
                    new ArrivedPlace(row.get(0, int.class), row.get(1, int.class)),
                    new ArrivedFigures(
                        row.get(2, long.class),
                        row.get(3, BigDecimal.class),
                        row.get(4, BigDecimal.class))));
    return arrivals;
  }

  Map<Tally, Long> counts() {
    Map<Tally, Long> counts = new HashMap<>();
    transaction
        .resultQuery("select experiment, kind, sum(events) from event_count group by 1, 2")
        .forEach(
            row ->
                counts.put(
                    new Tally(row.get(0, String.class), row.get(1, String.class)),
                    row.get(2, Long.class)));
    return counts;
  }

  /** What grows with the number of events. */
  EvidenceRows rows() {
    return new EvidenceRows(transaction, topic);
  }

  /** Whether some ids are forgotten, so that the log has more of them. */
  boolean hasForgottenIds() {
    return transaction.fetchExists(DSL.selectFrom("forgotten_ids"));
  }
}

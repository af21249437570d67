package io.armwise.service.evidence;

import io.armwise.posterior.ExactSums;
import io.armwise.service.event.EventTopic;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads the evidence. Thread-safe. */
@Singleton
public final class EvidenceStore {
  private final EventTopic topic;

  EvidenceStore(EventTopic topic) {
    this.topic = topic;
  }

  /** Per partition the next offset of the log, that is, what the evidence covers. */
  public Map<Integer, Long> positions(DSLContext transaction) {
    Map<Integer, Long> positions = new TreeMap<>();
    transaction
        .resultQuery(
            "select partition, next_offset from log_position where topic = ?", topic.getTopic())
        .forEach(row -> positions.put(row.get(0, Integer.class), row.get(1, Long.class)));
    return positions;
  }

  /**
   * An arm's evidence as reports show it.
   *
   * @param total the sums
   * @param responders units with an outcome other than zero
   * @param switched units that were seen in several arms
   * @param pending units whose attribution window is still open
   * @param mature the sums over the other units, whose values are final
   */
  public record ArmSums(
      ExactSums total, long responders, long switched, long pending, ExactSums mature) {
    static final ArmSums NONE = new ArmSums(ExactSums.NONE, 0, 0, 0, ExactSums.NONE);
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
    List<ArmSums> sums = new ArrayList<>(Collections.nCopies(arms, ArmSums.NONE));
    transaction
        .resultQuery(
            """
            select arm, sum(units), sum(sum), sum(sum_of_squares), sum(responders), sum(switched),
                   coalesce(sum(units) filter (where exposure_hour < ?), 0),
                   coalesce(sum(sum) filter (where exposure_hour < ?), 0),
                   coalesce(sum(sum_of_squares) filter (where exposure_hour < ?), 0)
              from evidence where experiment_id = ? and metric = ? group by arm
            """,
            pendingSince,
            pendingSince,
            pendingSince,
            experiment,
            metric)
        .forEach(row -> sums.set(row.get(0, int.class), armSums(row)));
    return sums;
  }

  private static ArmSums armSums(Record row) {
    ExactSums total =
        new ExactSums(
            row.get(1, long.class), row.get(2, BigDecimal.class), row.get(3, BigDecimal.class));
    ExactSums mature =
        new ExactSums(
            row.get(6, long.class), row.get(7, BigDecimal.class), row.get(8, BigDecimal.class));
    return new ArmSums(
        total,
        row.get(4, long.class),
        row.get(5, long.class),
        total.count() - mature.count(),
        mature);
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

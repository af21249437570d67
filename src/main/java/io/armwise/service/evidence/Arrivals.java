package io.armwise.service.evidence;

import io.armwise.service.evidence.BatchFold.Arrival;
import io.armwise.service.evidence.RebuiltEvidence.ArrivedFigures;
import io.armwise.service.evidence.RebuiltEvidence.ArrivedPlace;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * What arrived in each arm, and what the shares in force promised it. A token whose share is not
 * its version's was not drawn from those shares and is left out.
 */
final class Arrivals {
  private static final String EXPECTED =
      """
      select n.experiment_id, s.slot - 1 as arm, n.partition,
             sum(case when s.slot - 1 = n.arm then n.units else 0 end) as units,
             sum(n.units * s.share::numeric) as expected,
             sum(n.units * s.share::numeric * (4294967296 - s.share)) as variance
        from unnest(?::int[], ?::bigint[], ?::int[], ?::bigint[], ?::int[], ?::bigint[])
             as n (experiment_id, version, arm, share, partition, units)
        join allocation_version v using (experiment_id, version)
       cross join lateral unnest(v.shares) with ordinality as s (share, slot)
       where v.shares[n.arm + 1] = n.share
       group by n.experiment_id, s.slot, n.partition
       order by n.experiment_id, s.slot, n.partition
      """;

  private Arrivals() {}

  /** Adds units to what has arrived. */
  static void add(DSLContext transaction, Map<Arrival, Long> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    transaction.execute(
        "insert into arrival as a (experiment_id, arm, partition, units, expected, variance)\n"
            + EXPECTED
            + """
            on conflict (experiment_id, arm, partition) do update
               set units = a.units + excluded.units,
                   expected = a.expected + excluded.expected,
                   variance = a.variance + excluded.variance
            """,
        columns(arrivals));
  }

  /** What would be added. */
  static Map<ArrivedPlace, ArrivedFigures> expected(
      DSLContext transaction, Map<Arrival, Long> arrivals) {
    Map<ArrivedPlace, ArrivedFigures> expected = new HashMap<>();
    transaction
        .resultQuery(EXPECTED, columns(arrivals))
        .forEach(
            row ->
                expected.put(
                    new ArrivedPlace(row.get(0, int.class), row.get(1, int.class)),
                    new ArrivedFigures(
                        row.get(3, long.class),
                        row.get(4, BigDecimal.class),
                        row.get(5, BigDecimal.class))));
    return expected;
  }

  private static Object[] columns(Map<Arrival, Long> arrivals) {
    List<Arrival> keys = List.copyOf(arrivals.keySet());
    return new Object[] {
      keys.stream().map(Arrival::experiment).toArray(Integer[]::new),
      keys.stream().map(Arrival::version).toArray(Long[]::new),
      keys.stream().map(Arrival::arm).toArray(Integer[]::new),
      keys.stream().map(Arrival::share).toArray(Long[]::new),
      keys.stream().map(Arrival::partition).toArray(Integer[]::new),
      keys.stream().map(arrivals::get).toArray(Long[]::new)
    };
  }
}

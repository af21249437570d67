package io.armwise.bandits.experiment;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a unit's outcomes make its value.
 *
 * @param outcome the name that the outcomes carry, see {@link Key}; several metrics may read the
 *     same outcomes
 * @param aggregation how many become one
 * @param cap the largest value of a unit, {@code > 0}, so that a few extreme units cannot decide;
 *     null for none
 * @param where a condition on the outcomes' attributes: only those that meet it are read; null for
 *     all
 */
public record UnitValue(
    String outcome,
    Aggregation aggregation,
    @Nullable BigDecimal cap,
    @Nullable TargetingRule where) {

  /** A value of all outcomes of a name. */
  public UnitValue(String outcome, Aggregation aggregation, @Nullable BigDecimal cap) {
    this(outcome, aggregation, cap, null);
  }

  /** The sum of the outcomes of this name. */
  public static UnitValue sumOf(String outcome) {
    return new UnitValue(outcome, Aggregation.SUM, null);
  }

  /**
   * The value that these outcomes make.
   *
   * @param credited their values in order of time
   * @return the value, exact; 0 without outcomes
   */
  public BigDecimal of(List<BigDecimal> credited) {
    if (credited.isEmpty()) {
      return BigDecimal.ZERO;
    }
    BigDecimal value =
        switch (aggregation) {
          case SUM -> credited.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
          case ANY ->
              credited.stream().anyMatch(each -> each.signum() > 0)
                  ? BigDecimal.ONE
                  : BigDecimal.ZERO;
          case FIRST -> credited.getFirst();
          case LAST -> credited.getLast();
        };
    return cap == null ? value : value.min(cap);
  }
}

package io.armwise.service.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild found.
 *
 * @param topic that was read
 * @param experiment the only one compared; null for all
 * @param positions per partition the offset up to which the log was read
 * @param events records read
 * @param seconds that reading and folding them took
 * @param comparisons one for each kind of state
 * @param measured what another measurement gives; absent unless one was asked for
 * @param replaced whether the live evidence is what was rebuilt from now on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildReport(
    String topic,
    @Nullable String experiment,
    Map<Integer, Long> positions,
    long events,
    double seconds,
    List<Comparison> comparisons,
    @Nullable List<MeasuredArm> measured,
    boolean replaced) {

  /** Whether everything that was compared is equal. */
  @JsonProperty
  public boolean isEqual() {
    return comparisons.stream().allMatch(comparison -> comparison.different() == 0);
  }

  /** Records per second. */
  @JsonProperty
  public long eventsPerSecond() {
    return Math.round(events / Math.max(seconds, 1e-3));
  }

  /**
   * A metric of an arm, live and as the other measurement has it.
   *
   * @param metric key
   * @param arm key
   * @param live units and their sum; absent if the live evidence does not have the metric
   * @param rebuilt the same by the other measurement; absent if that does not have the metric
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MeasuredArm(
      String metric, String arm, @Nullable UnitSum live, @Nullable UnitSum rebuilt) {}

  /** Units and the sum of their values. */
  public record UnitSum(long units, BigDecimal sum) {}

  /**
   * One kind of state, live against rebuilt.
   *
   * @param what is compared
   * @param compared how many items, on either side
   * @param different how many of them differ or are missing on one side
   * @param skipped how many could not be compared
   * @param examples the first differences
   */
  public record Comparison(
      String what, long compared, long different, long skipped, List<Difference> examples) {}

  /**
   * An item that differs.
   *
   * @param where which one
   * @param live what the database holds, {@code none} for nothing
   * @param rebuilt what the log gives
   */
  public record Difference(String where, String live, String rebuilt) {}
}

package io.armwise.service.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric with the chance differences of a covariate taken out, in words.
 *
 * @param key of the metric
 * @param covariate what was known of the units before
 * @param worth what the covariate is good for; absent without figures
 * @param arms but the control, in slot order; empty without figures
 */
public record AdjustedMetric(String key, String covariate, @Nullable String worth, List<Row> arms) {

  /** Keeps the list. */
  public AdjustedMetric {
    arms = List.copyOf(arms);
  }

  /**
   * An arm against the control.
   *
   * @param colour the class that gives the arm its colour
   * @param change as it is seen; a dash where it is unknown
   * @param interval of that; empty where it is unknown
   * @param adjusted the same adjusted
   * @param adjustedInterval of that
   * @param narrower how the intervals' widths compare
   */
  public record Row(
      String colour,
      String name,
      String change,
      String interval,
      String adjusted,
      String adjustedInterval,
      String narrower) {}
}

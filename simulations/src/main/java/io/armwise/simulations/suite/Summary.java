package io.armwise.simulations.suite;

import java.util.List;

/**
 * What a suite's trials amount to.
 *
 * @param rows measures of cells and of rules within them, in canonical order
 * @param curves measures by day
 * @param calibration how often the choice was best, by its probability
 */
public record Summary(List<Row> rows, List<CurveRow> curves, List<Bin> calibration) {

  /** Where a number belongs: world, policy and days of the schedule. */
  public record Place(String world, String policy, int days) {}

  /**
   * A measure.
   *
   * @param place cell
   * @param rule name of the rule, empty for what no rule affects
   * @param measure its name
   * @param moments over replications
   */
  public record Row(Place place, String rule, String measure, Moments moments) {}

  /**
   * A measure at the end of a day.
   *
   * @param place cell
   * @param measure {@code regret}, {@code share arm i} or {@code false winner: rule}
   * @param day counted from 1
   * @param moments over replications
   */
  public record CurveRow(Place place, String measure, int day, Moments moments) {}

  /**
   * Choices whose probability to be best fell into one bin.
   *
   * @param place cell
   * @param rule that made the choice, {@code at the end} for the leader at the end
   * @param bin from 0 to 19: probabilities from bin/20
   * @param probability what was said
   * @param best what was true, 1 for each choice that was strictly best
   */
  public record Bin(Place place, String rule, int bin, Moments probability, Moments best) {}
}

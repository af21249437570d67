package io.armwise.posterior;

/**
 * An estimated effect of a past experiment.
 *
 * @param estimate in the metric's unit, finite
 * @param variance squared standard error, {@code > 0}
 */
public record Effect(double estimate, double variance) {
  /**
   * @throws IllegalArgumentException unless the estimate is finite and the variance positive and
   *     finite (NaN included)
   */
  public Effect {
    Arguments.requireFinite("estimate", estimate);
    Arguments.requirePositive("variance", variance);
  }
}

package io.armwise.simulations.world;

/**
 * What a number of units of one arm amount to.
 *
 * @param units {@code >= 0}
 * @param sum of their values, in the metric's unit
 * @param squares sum of their squared values, at least {@code sum²/units}
 */
public record Batch(long units, double sum, double squares) {
  /** No units. */
  public static final Batch NONE = new Batch(0, 0, 0);

  /** Units whose value is 0 or 1. */
  public static Batch ofSuccesses(long units, long successes) {
    return new Batch(units, successes, successes);
  }

  /** Both together. */
  public Batch plus(Batch other) {
    return new Batch(units + other.units, sum + other.sum, squares + other.squares);
  }

  /** Every unit counted twice. */
  public Batch doubled() {
    return new Batch(2 * units, 2 * sum, 2 * squares);
  }
}

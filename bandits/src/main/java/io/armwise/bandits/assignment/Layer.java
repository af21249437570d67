package io.armwise.bandits.assignment;

/**
 * A layer: a division of all units into {@value #BUCKETS} buckets, of which each experiment takes a
 * range. Experiments whose ranges do not overlap never share a unit.
 *
 * <p>{@code bucket = ⌊v · 10000 / 2^32⌋}, v the highest 32 bits of the unit's value 0. A bucket's
 * share of all units is 0.01 % up to a relative error of 3·10^−6.
 *
 * @param salt the layer's salt of stage {@link Stage#LAYER}
 */
public record Layer(Salt salt) {

  /** The number of buckets of a layer: one bucket is 0.01 % of the units. */
  public static final int BUCKETS = 10_000;

  /**
   * The unit's bucket.
   *
   * @return 0 to 9999
   */
  public int bucket(UnitHash unit) {
    return (int) (((salt.value(unit, 0) >>> 32) * BUCKETS) >>> 32);
  }
}

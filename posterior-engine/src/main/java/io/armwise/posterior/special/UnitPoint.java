package io.armwise.posterior.special;

/**
 * A point of the unit interval with its distance from 1, each accurate relative to its own size.
 *
 * @param value {@code x} in [0, 1]
 * @param complement {@code 1 - x} in [0, 1]
 */
public record UnitPoint(double value, double complement) {

  /**
   * @throws IllegalArgumentException unless both lie in [0, 1] (NaN included)
   */
  public UnitPoint {
    Domain.requireUnit("value", value);
    Domain.requireUnit("complement", complement);
  }

  /** The point that mirrors this one in one half. */
  UnitPoint mirrored() {
    return new UnitPoint(complement, value);
  }
}

package io.armwise.simulations.world;

/** When outcomes become evidence. */
public sealed interface Delay {

  /** At once. */
  record None() implements Delay {}

  /**
   * As the service counts: a unit becomes evidence, with or without its outcome, when its
   * attribution window has closed.
   *
   * @param law of the delay
   * @param never fraction of conversions that never arrive, in [0, 1)
   * @param windowDays the attribution window, {@code > 0}
   */
  record Matured(DelayLaw law, double never, double windowDays) implements Delay {
    /** Guards both. */
    public Matured {
      Guard.smallFraction("never", never);
      Guard.positive("windowDays", windowDays);
    }

    /** The fraction of conversions that count. */
    public double counted() {
      return (1 - never) * law.within(windowDays);
    }
  }

  /**
   * The common mistake: a unit counts as a failure from its exposure until its outcome arrives.
   *
   * @param law of the delay
   * @param never fraction of conversions that never arrive, in [0, 1)
   */
  record Premature(DelayLaw law, double never) implements Delay {
    /** Guards the fraction. */
    public Premature {
      Guard.smallFraction("never", never);
    }
  }
}

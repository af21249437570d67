package io.armwise.posterior.sequential;

/**
 * An e-process followed over time: its value now and its peak, from which the anytime p-value
 * follows. Immutable.
 *
 * @param current {@code ln E} now
 * @param peak the largest {@code ln E} so far, {@code >= current}
 */
public record RunningEvidence(double current, double peak) {
  /** Before any data: {@code E = 1}. */
  public static final RunningEvidence START = new RunningEvidence(0, 0);

  /**
   * @throws IllegalArgumentException unless {@code peak >= current} (NaN included)
   */
  public RunningEvidence {
    if (!(peak >= current)) {
      throw new IllegalArgumentException("peak must be >= current = " + current + ", got " + peak);
    }
  }

  /**
   * The evidence after a further look.
   *
   * @param logEValue {@code ln E} at that look, not NaN
   * @return the successor
   * @throws IllegalArgumentException if {@code logEValue} is NaN
   */
  public RunningEvidence observe(double logEValue) {
    return new RunningEvidence(logEValue, Math.max(peak, logEValue));
  }

  /**
   * The anytime p-value {@code 1 / max E}: below {@code alpha} at any time with probability at most
   * {@code alpha} under the null. It never rises.
   *
   * @return in [0, 1]
   */
  public double pValue() {
    return EValues.pValue(peak);
  }
}

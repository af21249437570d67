package io.armwise.posterior;

/** Which way a metric improves. Every rule obeys {@code minimise(x) = maximise(-x)}. */
public enum Direction {
  /** Larger values are better, for example conversion or revenue. */
  INCREASE,
  /** Smaller values are better, for example latency or refunds. */
  DECREASE;

  /**
   * The value on a scale where larger is better: {@code value} for {@link #INCREASE}, {@code
   * -value} for {@link #DECREASE}.
   *
   * @param value in the metric's unit
   * @return the value, negated when smaller is better
   */
  public double gain(double value) {
    return this == INCREASE ? value : -value;
  }
}

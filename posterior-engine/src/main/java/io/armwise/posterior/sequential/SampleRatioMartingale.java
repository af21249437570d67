package io.armwise.posterior.sequential;

import java.util.List;

/**
 * Do the units arrive in the shares that were in force for each of them? Look as often as you like,
 * with shares that move with every unit.
 *
 * <p>Under the promise each unit adds {@code X = 1{it is in the arm} - p} to the arm's deviation
 * {@code D}, with mean 0 given the past, {@code X <= 1}, and variance {@code p (1 - p)}, which adds
 * up to {@code V}. Bennett's inequality makes {@code exp(lambda D - (e^lambda - 1 - lambda) V)} a
 * supermartingale for each {@code lambda > 0}, and the same for {@code -D}; the e-value is their
 * mean over both signs, all arms and {@code lambda = 2, 1, ..., 2^-14}, so it is one too. No
 * approximation is made: it holds from the first unit on. Only three sums per arm are needed, in
 * whatever order the units came.
 *
 * <p>Deviations whose {@code D / sqrt(V)} exceeds about 5 are seen while {@code V} is below {@code
 * 10^9}. Where shares stand still {@link SequentialSampleRatioTest} sees somewhat smaller ones.
 * Source: Howard, Ramdas, McAuliffe and Sekhon (2020), Time-uniform Chernoff bounds (Probability
 * Surveys 17), Table 3 ("Bennett") and Corollary 1(c); the mixture over a grid is ours. Immutable.
 *
 * @param arms at least 2
 */
public record SampleRatioMartingale(List<Arm> arms) {
  private static final int STEEPEST = 1;
  private static final int FLATTEST = -14;

  /**
   * An arm's sums over all units of the experiment.
   *
   * @param units that came into the arm
   * @param expected sum of the arm's shares, one for each unit of any arm
   * @param variance sum of {@code share (1 - share)}, one for each unit of any arm
   */
  public record Arm(long units, double expected, double variance) {
    /**
     * @throws IllegalArgumentException unless all are {@code >= 0} and finite (NaN included)
     */
    public Arm {
      Arguments.requireNonNegative("units", (double) units);
      Arguments.requireNonNegative("expected", expected);
      Arguments.requireNonNegative("variance", variance);
    }

    /** Units above (positive) or below what was due. */
    public double deviation() {
      return (double) units - expected;
    }
  }

  /**
   * @throws IllegalArgumentException unless there are at least 2 arms
   */
  public SampleRatioMartingale {
    arms = List.copyOf(arms);
    if (!(arms.size() >= 2)) {
      throw new IllegalArgumentException("arms must be at least 2, got " + arms.size());
    }
  }

  /**
   * The evidence against the promised shares.
   *
   * @return {@code ln E}; the probability that it ever exceeds {@code ln(1 / alpha)} is at most
   *     {@code alpha} while the promise is kept
   */
  public double logEValue() {
    double largest = Double.NEGATIVE_INFINITY;
    for (Arm arm : arms) {
      for (int power = FLATTEST; power <= STEEPEST; power++) {
        largest = Math.max(largest, exponent(arm, power, 1));
        largest = Math.max(largest, exponent(arm, power, -1));
      }
    }
    double sum = 0;
    for (Arm arm : arms) {
      for (int power = FLATTEST; power <= STEEPEST; power++) {
        sum += Math.exp(exponent(arm, power, 1) - largest);
        sum += Math.exp(exponent(arm, power, -1) - largest);
      }
    }
    int terms = 2 * arms.size() * (STEEPEST - FLATTEST + 1);
    return largest + Math.log(sum / terms);
  }

  /**
   * A p-value that may be read at every look: the least {@code alpha} at which this look alerts.
   *
   * @return in [0, 1]
   */
  public double pValue() {
    return EValues.pValue(logEValue());
  }

  private static double exponent(Arm arm, int power, int sign) {
    double lambda = Math.scalb(1.0, power);
    return sign * lambda * arm.deviation() - (Math.expm1(lambda) - lambda) * arm.variance();
  }
}

package io.armwise.posterior.sequential;

import io.armwise.posterior.special.GammaFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Do the units arrive in the shares that the allocation promised? Look as often as you like, with
 * shares that may change from period to period.
 *
 * <p>The e-value is the ratio of a predictive probability of each period's counts to their
 * multinomial probability under that period's shares. The prediction is Dirichlet-multinomial with
 * weights {@code a = (C + N) q}, where {@code C} is the prior's weight, {@code N} the units seen,
 * and {@code q_i ~ p_i (alpha_i + seen_i) / (C p_i + expected_i)}: the shares tilted by what was
 * seen against what was expected. For constant shares this is the conjugate update {@code alpha +
 * seen}. Since predictions use only the past, any shares may be chosen adaptively. Source: Lindon
 * and Malek (2022), NeurIPS (arXiv:2011.03567), Section 3; the tilt extends it to varying shares.
 * Immutable.
 */
public final class SequentialSampleRatioTest {
  private final List<Double> prior;
  private final List<Double> seen;
  private final List<Double> expected;
  private final RunningEvidence evidence;

  private SequentialSampleRatioTest(
      List<Double> prior, List<Double> seen, List<Double> expected, RunningEvidence evidence) {
    this.prior = prior;
    this.seen = seen;
    this.expected = expected;
    this.evidence = evidence;
  }

  /**
   * A test that expects deviations around given shares.
   *
   * @param shares of the arms, each {@code > 0}, summing to 1 within 1e-9, shape (K), K at least 2
   * @param concentration weight of the prior in units, {@code > 0}; deviations of about {@code
   *     sqrt(p (1 - p) / concentration)} are seen soonest, 10,000 suits large experiments
   * @return the test before any unit
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static SequentialSampleRatioTest around(double[] shares, double concentration) {
    requireShares(shares, shares.length);
    Arguments.requirePositive("concentration", concentration);
    double[] prior = new double[shares.length];
    for (int i = 0; i < prior.length; i++) {
      prior[i] = Arguments.requirePositive("shares[" + i + "]", shares[i]) * concentration;
    }
    return withPrior(prior);
  }

  /**
   * A test with a given Dirichlet prior.
   *
   * @param weights each {@code > 0}, shape (K), K at least 2
   * @return the test before any unit
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static SequentialSampleRatioTest withPrior(double[] weights) {
    if (!(weights.length >= 2)) {
      throw new IllegalArgumentException("arms must be at least 2, got " + weights.length);
    }
    List<Double> prior = new ArrayList<>();
    for (double weight : weights) {
      prior.add(Arguments.requirePositive("weight", weight));
    }
    List<Double> zeros = Collections.nCopies(weights.length, 0.0);
    return new SequentialSampleRatioTest(List.copyOf(prior), zeros, zeros, RunningEvidence.START);
  }

  /**
   * The test after a period.
   *
   * @param counts units that arrived in each arm, each {@code >= 0}, shape (K)
   * @param shares in force in that period, each {@code >= 0}, summing to 1 within 1e-9, shape (K)
   * @return the successor
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public SequentialSampleRatioTest observe(double[] counts, double[] shares) {
    requireShares(shares, prior.size());
    if (counts.length != prior.size()) {
      throw new IllegalArgumentException(
          "counts must be " + prior.size() + ", got " + counts.length);
    }
    double period = 0;
    for (double count : counts) {
      period += Arguments.requireNonNegative("count", count);
    }
    double[] predicted = prediction(shares);
    double weight = 0;
    for (double a : predicted) {
      weight += a;
    }
    List<Double> nowSeen = new ArrayList<>();
    List<Double> nowExpected = new ArrayList<>();
    double logRatio = GammaFunction.logGamma(weight) - GammaFunction.logGamma(weight + period);
    for (int i = 0; i < counts.length; i++) {
      nowSeen.add(seen.get(i) + counts[i]);
      nowExpected.add(expected.get(i) + period * shares[i]);
      if (counts[i] > 0) {
        // A unit in an arm without a share is a proof, whatever the other counts are.
        logRatio +=
            shares[i] == 0
                ? Double.POSITIVE_INFINITY
                : GammaFunction.logGamma(predicted[i] + counts[i])
                    - GammaFunction.logGamma(predicted[i])
                    - counts[i] * Math.log(shares[i]);
      }
    }
    return new SequentialSampleRatioTest(
        prior, nowSeen, nowExpected, evidence.observe(evidence.current() + logRatio));
  }

  /**
   * The evidence against the promised shares, with its anytime p-value. Alert at 0.001 or smaller.
   *
   * @return the e-process
   */
  public RunningEvidence evidence() {
    return evidence;
  }

  /**
   * Posterior probability of a mismatch if one was as likely as not before.
   *
   * @return in [0, 1]
   */
  public double mismatchProbability() {
    return 1 / (1 + Math.exp(-evidence.current()));
  }

  /** Dirichlet weights of the prediction; an arm without a share has none. */
  private double[] prediction(double[] shares) {
    double concentration = 0;
    double units = 0;
    for (int i = 0; i < shares.length; i++) {
      concentration += prior.get(i);
      units += seen.get(i);
    }
    double[] tilted = new double[shares.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        tilted[i] =
            shares[i]
                * (prior.get(i) + seen.get(i))
                / (concentration * shares[i] + expected.get(i));
        sum += tilted[i];
      }
    }
    for (int i = 0; i < shares.length; i++) {
      tilted[i] *= (concentration + units) / sum;
    }
    return tilted;
  }

  private static void requireShares(double[] shares, int arms) {
    if (shares.length != arms) {
      throw new IllegalArgumentException("shares must be " + arms + ", got " + shares.length);
    }
    double sum = 0;
    for (double share : shares) {
      sum += Arguments.requireUnit("share", share);
    }
    if (!(Math.abs(sum - 1) <= 1e-9)) {
      throw new IllegalArgumentException("shares must sum to 1, got " + sum);
    }
  }
}

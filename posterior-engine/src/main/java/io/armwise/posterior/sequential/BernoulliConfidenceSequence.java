package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;

/**
 * Confidence sequence for the rate of one binary arm, exact at every look and under every adaptive
 * allocation.
 *
 * <p>It inverts the two-sided beta-binomial mixture, tuned at {@code v = p (1 - p) n} for each
 * candidate {@code p}: {@code C = {p : M_p(S, n) < 1 / alpha}}. The arm's outcomes are independent
 * of the past given the allocation, so {@code M_p} is a martingale on the arm's own clock whatever
 * moved the traffic. Only the counts enter, so evidence may be aggregated. Ends are found to the
 * last bit; about 100 evaluations. Source: Howard et al. (2021), Annals of Statistics 49:1055,
 * Proposition 7 and Section 4.2.
 *
 * @param tightestAtTrials trials at which the interval is tightest, {@code > 0}
 * @param tightestAtAlpha error probability for which it is tuned, in (0, 1)
 */
public record BernoulliConfidenceSequence(double tightestAtTrials, double tightestAtAlpha) {
  private static final double SMALLEST_RATE = 1e-200;

  /**
   * @throws IllegalArgumentException unless the parameters are in their domain (NaN included)
   */
  public BernoulliConfidenceSequence {
    Arguments.requirePositive("tightestAtTrials", tightestAtTrials);
    Arguments.requireAlpha(tightestAtAlpha);
  }

  /**
   * The sequence tuned for 95 % intervals.
   *
   * @param trials trials at which the interval is tightest, {@code > 0}
   * @return the sequence
   */
  public static BernoulliConfidenceSequence tightestAt(double trials) {
    return new BernoulliConfidenceSequence(trials, 0.05);
  }

  /**
   * The confidence set at one time.
   *
   * @param successes {@code 0 <= successes <= trials}
   * @param trials {@code >= 0}
   * @param alpha probability that the sequence ever excludes the true rate, in (0, 1)
   * @return interval within [0, 1]
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public Interval interval(double successes, double trials, double alpha) {
    requireCounts(successes, trials);
    double threshold = -Math.log(Arguments.requireAlpha(alpha));
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double rate = successes / trials;
    // The sign at the ends is known: no data of both kinds arise from p = 0 or p = 1.
    double lower =
        successes == 0
            ? 0
            : Crossing.bisect(
                p -> p <= 0 ? 1 : logEValue(successes, trials, p) - threshold, rate, 0);
    double upper =
        successes == trials
            ? 1
            : Crossing.bisect(
                p -> p >= 1 ? 1 : logEValue(successes, trials, p) - threshold, rate, 1);
    return new Interval(lower, upper);
  }

  /**
   * Logarithm of the e-value against "the rate is {@code p}".
   *
   * @param successes {@code 0 <= successes <= trials}
   * @param trials {@code >= 0}
   * @param rate the candidate {@code p}, in [0, 1]
   * @return {@code ln E}; {@code +Infinity} when the data are impossible under {@code p}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double logEValue(double successes, double trials, double rate) {
    requireCounts(successes, trials);
    Arguments.requireUnit("rate", rate);
    if (rate == 0 || rate == 1) {
      return successes == rate * trials ? 0 : Double.POSITIVE_INFINITY;
    }
    // Below this rate the mixture's parameters underflow; holding it there only weakens evidence.
    double held = Math.max(rate, SMALLEST_RATE);
    double unitVariance = held * (1 - held);
    return BetaBinomialMixture.tightestAt(
            unitVariance * tightestAtTrials, tightestAtAlpha, held, 1 - held, Sides.TWO)
        .logValue(successes - held * trials, unitVariance * trials);
  }

  private static void requireCounts(double successes, double trials) {
    Arguments.requireNonNegative("trials", trials);
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "successes must be in [0, trials = " + trials + "], got " + successes);
    }
  }
}

package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;

/**
 * Asymptotic confidence sequence for any mean, with an estimated variance: the anytime counterpart
 * of the central limit theorem.
 *
 * <p>Two-sided: {@code mean -+ sd sqrt(2 (n r + 1) / (n^2 r) ln(sqrt(n r + 1) / alpha))} with
 * {@code r = rho^2}. One-sided: {@code ln(1 + sqrt(n r + 1) / (2 alpha))} in place of the
 * logarithm. Its coverage holds in the limit of a late first look: use it from about 100
 * observations on, later for heavy tails. Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas
 * (2024), Annals of Statistics 52:2613 (arXiv:2103.06476), Theorem 2.2, Proposition B.1 and
 * Appendix B.2.
 *
 * @param rhoSquared mixing variance {@code > 0}, in units of 1 / observations
 * @param sides whether it bounds the mean on one side or both
 */
public record AsymptoticConfidenceSequence(double rhoSquared, Sides sides) {

  /**
   * @throws IllegalArgumentException unless {@code rhoSquared > 0} and finite (NaN included)
   */
  public AsymptoticConfidenceSequence {
    Arguments.requirePositive("rhoSquared", rhoSquared);
  }

  /**
   * The sequence whose two-sided margin is smallest at one sample size: {@code rho^2 = (w - 1) / n}
   * where {@code w > 1} solves {@code w - ln w = 1 - 2 ln a}, {@code a = alpha} for two sides and
   * {@code 2 alpha} for one.
   *
   * @param observations {@code > 0}
   * @param alpha in (0, 1), below 1/2 for one side
   * @param sides whether it bounds the mean on one side or both
   * @return the tuned sequence
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static AsymptoticConfidenceSequence tightestAt(
      double observations, double alpha, Sides sides) {
    Arguments.requirePositive("observations", observations);
    Arguments.requireInside("alpha", alpha, 0, sides == Sides.ONE ? 0.5 : 1);
    double target = 1 - 2 * Math.log(sides == Sides.ONE ? 2 * alpha : alpha);
    double excess = Crossing.smooth(x -> x - Math.log1p(x) + 1 - target, 0, 2 * target + 2);
    return new AsymptoticConfidenceSequence(excess / observations, sides);
  }

  /**
   * The distance from the mean to the bound.
   *
   * @param observations {@code n > 0}
   * @param standardDeviation of one observation, {@code >= 0}
   * @param alpha error probability, in (0, 1)
   * @return the margin, in the unit of the observations
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double margin(double observations, double standardDeviation, double alpha) {
    Arguments.requirePositive("observations", observations);
    Arguments.requireNonNegative("standardDeviation", standardDeviation);
    Arguments.requireAlpha(alpha);
    double spread = observations * rhoSquared;
    double logTerm =
        sides == Sides.TWO
            ? 0.5 * Math.log1p(spread) - Math.log(alpha)
            : Math.log1p(Math.sqrt(spread + 1) / (2 * alpha));
    return standardDeviation * Math.sqrt(2 * (spread + 1) / (observations * spread) * logTerm);
  }

  /**
   * The confidence set now.
   *
   * @param observations {@code n > 0}
   * @param mean sample mean, finite
   * @param standardDeviation of one observation, {@code >= 0}
   * @param alpha error probability, in (0, 1)
   * @return both bounds, or {@code [lower bound, +Infinity]} for one side
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public Interval interval(
      double observations, double mean, double standardDeviation, double alpha) {
    Arguments.requireFinite("mean", mean);
    double margin = margin(observations, standardDeviation, alpha);
    return new Interval(
        mean - margin, sides == Sides.TWO ? mean + margin : Double.POSITIVE_INFINITY);
  }

  /**
   * Logarithm of the asymptotic e-value against "the mean is {@code nullMean}" (two sides) or "at
   * most {@code nullMean}" (one side).
   *
   * @param observations {@code n >= 0}
   * @param mean sample mean, finite
   * @param standardDeviation of one observation, {@code > 0}
   * @param nullMean finite
   * @return {@code ln E}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double logEValue(
      double observations, double mean, double standardDeviation, double nullMean) {
    Arguments.requirePositive("standardDeviation", standardDeviation);
    double sum = observations * (mean - nullMean) / standardDeviation;
    return new NormalMixture(1 / rhoSquared, sides).logValue(sum, observations);
  }
}

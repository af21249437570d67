package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;

/**
 * Predictable-mixture Hoeffding confidence sequence for the mean of outcomes in [0, 1]: the
 * simplest one, blind to the variance.
 *
 * <p>Each side at {@code a = alpha / 2}: bets {@code lambda_t = min(1, sqrt(8 ln(1/a) / (t ln(1 +
 * t))))}, interval {@code (sum lambda x -+ (ln(1/a) + sum lambda^2 / 8)) / sum lambda}. Source:
 * Waudby-Smith and Ramdas (2024), Journal of the Royal Statistical Society B 86:1, Proposition 1
 * and equation (11). Mutable, owned by one thread.
 */
public final class HoeffdingSequence {
  private final double logThreshold;
  private long count;
  private double bets;
  private double betOutcomes;
  private double penalty;

  /**
   * @param alpha probability that the sequence ever excludes the mean, in (0, 1)
   * @throws IllegalArgumentException unless alpha is in (0, 1) (NaN included)
   */
  public HoeffdingSequence(double alpha) {
    Arguments.requireAlpha(alpha);
    logThreshold = -Math.log(alpha / 2);
  }

  /**
   * Takes the next outcome.
   *
   * @param outcome in [0, 1]
   * @throws IllegalArgumentException unless it is (NaN included)
   */
  public void add(double outcome) {
    Arguments.requireUnit("outcome", outcome);
    count++;
    double t = count;
    double lambda = Math.min(1, Math.sqrt(8 * logThreshold / (t * Math.log1p(t))));
    bets += lambda;
    betOutcomes += lambda * outcome;
    penalty += lambda * lambda / 8;
  }

  /**
   * The confidence set now, not intersected with earlier ones.
   *
   * @return interval within [0, 1]
   */
  public Interval interval() {
    if (count == 0) {
      return new Interval(0, 1);
    }
    double centre = betOutcomes / bets;
    double margin = (logThreshold + penalty) / bets;
    return new Interval(Math.max(0, centre - margin), Math.min(1, centre + margin));
  }

  /**
   * The number of outcomes taken.
   *
   * @return {@code >= 0}
   */
  public long count() {
    return count;
  }
}

package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;

/**
 * Hedged betting confidence sequence for the mean of outcomes in [0, 1]: the tightest of the three,
 * at the cost of one pair of fortunes per candidate mean.
 *
 * <p>Against each candidate {@code m} two gamblers bet: {@code K+ = prod (1 + l+ (x - m))} with
 * {@code l+ = min(lambda, 1/(2m))} and {@code K- = prod (1 - l- (x - m))} with {@code l- =
 * min(lambda, 1/(2(1 - m)))}, {@code lambda} the plug-in bet at {@code alpha / 2}. A candidate is
 * rejected when {@code max(K+, K-) / 2 >= 1 / alpha}. Source: Waudby-Smith and Ramdas (2024),
 * Journal of the Royal Statistical Society B 86:1, Theorem 3 and equation (26).
 *
 * <p>Between candidates nothing is known, so the interval reaches one grid step beyond the
 * outermost candidates that stand. Order matters: feed outcomes one by one. Mutable, owned by one
 * thread; {@code O(grid)} work per outcome.
 */
public final class BettingSequence {
  private static final double LARGEST_SHARE = 0.5;

  private final int cells;
  private final double alpha;
  private final PluginBet bet;
  private final double[] logUp;
  private final double[] logDown;
  private long count;

  /**
   * @param alpha probability that the sequence ever excludes the mean, in (0, 1)
   * @param cells number of equal cells that [0, 1] is cut into, at least 2; candidates are their
   *     ends
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public BettingSequence(double alpha, int cells) {
    this.alpha = Arguments.requireAlpha(alpha);
    if (!(cells >= 2)) {
      throw new IllegalArgumentException("cells must be >= 2, got " + cells);
    }
    this.cells = cells;
    bet = new PluginBet(-Math.log(alpha / 2));
    logUp = new double[cells + 1];
    logDown = new double[cells + 1];
  }

  /**
   * Takes the next outcome.
   *
   * @param outcome in [0, 1]
   * @throws IllegalArgumentException unless it is (NaN included)
   */
  public void add(double outcome) {
    Arguments.requireUnit("outcome", outcome);
    double lambda = bet.next();
    for (int i = 0; i <= cells; i++) {
      double mean = candidate(i);
      double up = Math.min(lambda, LARGEST_SHARE / mean);
      double down = Math.min(lambda, LARGEST_SHARE / (1 - mean));
      logUp[i] += Math.log1p(up * (outcome - mean));
      // With m = 0 and no limit on the bet a fortune may be lost for good: ln of a negative is
      // ruin.
      logDown[i] += Math.log(Math.max(0, 1 - down * (outcome - mean)));
    }
    bet.observe(outcome);
    count++;
  }

  /**
   * Logarithm of the e-value against one candidate mean.
   *
   * @param index of the candidate {@code index / cells}, in [0, cells]
   * @return {@code ln max(K+, K-)/2}
   * @throws IllegalArgumentException if there is no such candidate
   */
  public double logEValue(int index) {
    if (!(index >= 0 && index <= cells)) {
      throw new IllegalArgumentException("index must be in [0, " + cells + "], got " + index);
    }
    return Math.max(logUp[index], logDown[index]) - Math.log(2);
  }

  /**
   * The confidence set now, not intersected with earlier ones: the hull of the candidates that
   * stand, one cell wider on each side.
   *
   * @return interval within [0, 1]
   */
  public Interval interval() {
    double threshold = -Math.log(alpha);
    int first = 0;
    while (first <= cells && logEValue(first) >= threshold) {
      first++;
    }
    if (first > cells) {
      // All candidates fall: the set lies within one cell, around the weakest evidence.
      int weakest = 0;
      for (int i = 1; i <= cells; i++) {
        weakest = logEValue(i) < logEValue(weakest) ? i : weakest;
      }
      return cell(weakest, weakest);
    }
    int last = cells;
    while (logEValue(last) >= threshold) {
      last--;
    }
    return cell(first, last);
  }

  /**
   * The number of outcomes taken.
   *
   * @return {@code >= 0}
   */
  public long count() {
    return count;
  }

  private Interval cell(int first, int last) {
    return new Interval(candidate(Math.max(0, first - 1)), candidate(Math.min(cells, last + 1)));
  }

  private double candidate(int index) {
    return (double) index / cells;
  }
}

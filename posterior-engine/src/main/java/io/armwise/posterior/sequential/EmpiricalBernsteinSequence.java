package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;

/**
 * Predictable-mixture empirical Bernstein confidence sequence for the mean of outcomes in [0, 1]:
 * closed form, constant work per observation, adapts to the variance.
 *
 * <p>Each side at {@code a = alpha / 2}: bets {@code lambda_t = min(1/2, sqrt(2 ln(1/a) / (s2_{t-1}
 * t ln(1 + t))))}, {@code s2_t = (1/4 + sum (x_i - m_i)^2) / (t + 1)}, {@code m_t = (1/2 + sum x) /
 * (t + 1)}; the lower end is {@code (sum lambda x - ln(1/a) - sum (x_t - xbar_{t-1})^2 psi(lambda))
 * / sum lambda}, {@code psi(l) = -ln(1 - l) - l}; the upper end mirrors it with {@code 1 - x}.
 * Valid when the conditional mean is constant, whatever the rest of the distribution does, hence on
 * one arm's own clock under adaptive allocation. Source: Waudby-Smith and Ramdas (2024), Journal of
 * the Royal Statistical Society B 86:1, Theorem 2 and equation (15).
 *
 * <p>The bets depend on the order of the outcomes: feed them one by one. Mutable, owned by one
 * thread.
 */
public final class EmpiricalBernsteinSequence {
  private static final double LARGEST_BET = 0.5;

  private final PluginBet bet;
  private final double logThreshold;
  private long count;
  private double sum;
  private double bets;
  private double betOutcomes;
  private double lowerPenalty;
  private double upperPenalty;

  /**
   * @param alpha probability that the sequence ever excludes the mean, in (0, 1)
   * @throws IllegalArgumentException unless alpha is in (0, 1) (NaN included)
   */
  public EmpiricalBernsteinSequence(double alpha) {
    Arguments.requireAlpha(alpha);
    logThreshold = -Math.log(alpha / 2);
    bet = new PluginBet(logThreshold);
  }

  /**
   * Takes the next outcome.
   *
   * @param outcome in [0, 1]
   * @throws IllegalArgumentException unless it is (NaN included)
   */
  public void add(double outcome) {
    Arguments.requireUnit("outcome", outcome);
    double lambda = Math.min(LARGEST_BET, bet.next());
    double psi = -Math.log1p(-lambda) - lambda;
    // Before the first outcome each side predicts 0 on its own scale, that is 0 and 1.
    double below = count == 0 ? 0 : sum / count;
    double above = count == 0 ? 1 : below;
    bets += lambda;
    betOutcomes += lambda * outcome;
    lowerPenalty += (outcome - below) * (outcome - below) * psi;
    upperPenalty += (outcome - above) * (outcome - above) * psi;
    count++;
    sum += outcome;
    bet.observe(outcome);
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
    double lower = Math.max(0, centre - (logThreshold + lowerPenalty) / bets);
    double upper = Math.min(1, centre + (logThreshold + upperPenalty) / bets);
    // Both sides are valid even if bets of a wrong size make them pass each other.
    return lower <= upper ? new Interval(lower, upper) : new Interval(upper, lower);
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

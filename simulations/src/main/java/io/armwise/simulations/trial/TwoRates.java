package io.armwise.simulations.trial;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.comparison.BestArmAnalysis;
import io.armwise.posterior.special.BetaFunction;
import io.armwise.simulations.random.RandomStream;
import java.util.List;

/**
 * The probability that the second of two Beta posteriors is larger, carried along from one outcome
 * to the next by a few multiplications: Thompson sampling of two arms then takes one uniform number
 * instead of four gammas. Mutable; one owner.
 *
 * <p>With {@code h = B(α₀+α₁, β₀+β₁)/(B(α₀, β₀)·B(α₁, β₁))}, a success of the second arm adds
 * {@code h/α₁} to the probability and multiplies h by {@code (α₀+α₁)(α₁+β₁)/(α₁·n)}, n the sum of
 * all parameters; a failure takes {@code h/β₁} and multiplies by {@code (β₀+β₁)(α₁+β₁)/(β₁·n)}; for
 * the first arm the signs turn. The probability is computed anew every {@value #EXACT_EVERY}
 * outcomes, between which rounding adds up to less than 1e-11.
 *
 * <p>Source: J. D. Cook (2005), "Exact calculation of beta inequalities", M. D. Anderson Cancer
 * Center, section 2.
 */
final class TwoRates {
  private static final int EXACT_EVERY = 1 << 14;

  /** Below this h the probability is 0 or 1 to all digits, and h may run out of exponents. */
  private static final double SMALLEST = 1e-200;

  private final double[] alpha;
  private final double[] beta;
  private double probability;
  private double h;
  private int untilExact;

  /** Both arms have the same prior. */
  TwoRates(double alpha, double beta) {
    this.alpha = new double[] {alpha, alpha};
    this.beta = new double[] {beta, beta};
    computeAnew();
  }

  private void computeAnew() {
    untilExact = EXACT_EVERY;
    probability =
        BestArmAnalysis.of(
                List.of(new BetaPosterior(alpha[0], beta[0]), new BetaPosterior(alpha[1], beta[1])),
                Direction.INCREASE)
            .probabilityToBeBest(1);
    h =
        Math.exp(
            BetaFunction.logBeta(alpha[0] + alpha[1], beta[0] + beta[1])
                - BetaFunction.logBeta(alpha[0], beta[0])
                - BetaFunction.logBeta(alpha[1], beta[1]));
  }

  /** P(the second arm's rate is larger). */
  double probability() {
    return probability;
  }

  /** The arm whose drawn rate is larger, 0 or 1. */
  int larger(RandomStream random) {
    if (h < SMALLEST) {
      return random.beta(alpha[1], beta[1]) > random.beta(alpha[0], beta[0]) ? 1 : 0;
    }
    return random.uniform() < probability ? 1 : 0;
  }

  /** A unit of an arm succeeded. */
  void succeed(int arm) {
    double own = alpha[arm];
    double units = own + beta[arm];
    double successes = alpha[0] + alpha[1];
    probability += arm == 1 ? h / own : -h / own;
    h *= successes * units / (own * (successes + beta[0] + beta[1]));
    alpha[arm] = own + 1;
    count();
  }

  /** A unit of an arm failed. */
  void fail(int arm) {
    double own = beta[arm];
    double units = own + alpha[arm];
    double failures = beta[0] + beta[1];
    probability += arm == 1 ? -h / own : h / own;
    h *= failures * units / (own * (failures + alpha[0] + alpha[1]));
    beta[arm] = own + 1;
    count();
  }

  private void count() {
    untilExact--;
    if (untilExact == 0) {
      computeAnew();
    }
  }
}

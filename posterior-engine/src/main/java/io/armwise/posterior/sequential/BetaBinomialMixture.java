package io.armwise.posterior.sequential;

import io.armwise.posterior.special.BetaFunction;
import io.armwise.posterior.special.IncompleteBeta;

/**
 * The beta-binomial mixture, for sums of bounded observations: each lies in {@code [mean - g, mean
 * + h]}, and {@code v = g h t}.
 *
 * <p>For Bernoulli data with mean {@code p} take {@code g = p, h = 1 - p}; it is then an exact
 * martingale. With {@code r = max(rho - g h, g h / 1000)}, {@code A = r / (g (g + h))}, {@code B =
 * r / (h (g + h))}, failures {@code F = (v - g s) / (g (g + h))} and successes {@code S = (v + h s)
 * / (h (g + h))},
 *
 * <pre>{@code ln M = ln B_x(A + F, B + S) - ln B_x(A, B) - S ln(g/(g+h)) - F ln(h/(g+h))}</pre>
 *
 * <p>where {@code B_x} is the incomplete beta function, {@code x = 1} for two sides and {@code x =
 * h / (g + h)} for one. Source: Howard et al. (2021), Annals of Statistics 49:1055, Propositions 7
 * and 8.
 *
 * @param spread the concentration {@code r > 0} of the mixing distribution
 * @param below the distance {@code g > 0} from the mean to the least observation
 * @param above the distance {@code h > 0} from the mean to the largest observation
 * @param sides which departures it sees
 */
public record BetaBinomialMixture(double spread, double below, double above, Sides sides)
    implements MixtureMartingale {

  /**
   * @throws IllegalArgumentException unless all numbers are {@code > 0} and finite (NaN included)
   */
  public BetaBinomialMixture {
    Arguments.requirePositive("spread", spread);
    Arguments.requirePositive("below", below);
    Arguments.requirePositive("above", above);
  }

  /**
   * The mixture whose boundary is tightest near one intrinsic time.
   *
   * @param intrinsicTime {@code > 0}
   * @param alpha error probability, in (0, 1) for two sides, in (0, 1/2) for one
   * @param below the distance {@code g > 0} from the mean to the least observation
   * @param above the distance {@code h > 0} from the mean to the largest observation
   * @param sides which departures it sees
   * @return the tuned mixture
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static BetaBinomialMixture tightestAt(
      double intrinsicTime, double alpha, double below, double above, Sides sides) {
    double rho = NormalMixture.bestRho(intrinsicTime, alpha, sides);
    double spread = Math.max(rho - below * above, 1e-3 * below * above);
    return new BetaBinomialMixture(spread, below, above, sides);
  }

  @Override
  public double largestSum(double intrinsicTime) {
    return intrinsicTime / below;
  }

  @Override
  public double logValue(double sum, double intrinsicTime) {
    Arguments.requireFinite("sum", sum);
    Arguments.requireNonNegative("intrinsicTime", intrinsicTime);
    double range = below + above;
    // The sum is clamped to what bounded observations can reach, so rounding cannot leave it.
    double failures = Math.max(0, (intrinsicTime / below - sum) / range);
    double successes = Math.max(0, (intrinsicTime / above + sum) / range);
    double a = spread / (below * range);
    double b = spread / (above * range);
    return logBeta(a + failures, b + successes)
        - logBeta(a, b)
        - successes * Math.log(below / range)
        - failures * Math.log(above / range);
  }

  private double logBeta(double a, double b) {
    double complete = BetaFunction.logBeta(a, b);
    return sides == Sides.TWO
        ? complete
        : complete + Math.log(IncompleteBeta.lower(a, b, above / (below + above)));
  }
}

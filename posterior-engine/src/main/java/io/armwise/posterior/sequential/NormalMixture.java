package io.armwise.posterior.sequential;

import io.armwise.posterior.special.StandardNormal;

/**
 * The normal mixture, for sub-Gaussian sums.
 *
 * <p>Two-sided: {@code M = sqrt(rho / (v + rho)) exp(s^2 / (2 (v + rho)))}, mixing {@code lambda ~
 * N(0, 1/rho)}. One-sided: the half-normal, {@code 2 M Phi(s / sqrt(v + rho))}.
 *
 * <p>Valid when {@code E exp(lambda (x - mean)) <= exp(lambda^2 v / 2)} for each observation's
 * share of {@code v}: normal data with known variance, or values in [0, 1] with {@code v = t / 4}.
 * Source: Howard et al. (2021), Annals of Statistics 49:1055, Propositions 5 and 6, equation (14);
 * Robbins (1970), Annals of Mathematical Statistics 41:1397.
 *
 * @param rho intrinsic time around which the mixture is concentrated, {@code > 0}
 * @param sides which departures it sees
 */
public record NormalMixture(double rho, Sides sides) implements MixtureMartingale {

  /**
   * @throws IllegalArgumentException unless {@code rho > 0} and finite (NaN included)
   */
  public NormalMixture {
    Arguments.requirePositive("rho", rho);
  }

  /**
   * The mixture whose boundary is tightest at one intrinsic time.
   *
   * <p>{@code rho = v / (2 ln(1/a) + ln(1 + 2 ln(1/a)))} with {@code a = alpha} for two sides and
   * {@code 2 alpha} for one: a close approximation of the exact minimiser (Howard et al. 2021,
   * Proposition 3 and Section 3.5).
   *
   * @param intrinsicTime {@code > 0}
   * @param alpha error probability, in (0, 1) for two sides, in (0, 1/2) for one
   * @param sides which departures it sees
   * @return the tuned mixture
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static NormalMixture tightestAt(double intrinsicTime, double alpha, Sides sides) {
    return new NormalMixture(bestRho(intrinsicTime, alpha, sides), sides);
  }

  static double bestRho(double intrinsicTime, double alpha, Sides sides) {
    Arguments.requirePositive("intrinsicTime", intrinsicTime);
    Arguments.requireInside("alpha", alpha, 0, sides == Sides.ONE ? 0.5 : 1);
    double twiceLog = -2 * Math.log(sides == Sides.ONE ? 2 * alpha : alpha);
    return intrinsicTime / (twiceLog + Math.log1p(twiceLog));
  }

  @Override
  public double logValue(double sum, double intrinsicTime) {
    Arguments.requireFinite("sum", sum);
    double total = Arguments.requireNonNegative("intrinsicTime", intrinsicTime) + rho;
    double scaled = sum / Math.sqrt(total);
    double twoSided = 0.5 * (Math.log(rho / total) + scaled * scaled);
    return sides == Sides.TWO ? twoSided : twoSided + Math.log(2) + StandardNormal.logCdf(scaled);
  }

  @Override
  public double boundary(double intrinsicTime, double alpha) {
    Arguments.requireAlpha(alpha);
    if (sides == Sides.ONE) {
      return MixtureMartingale.super.boundary(intrinsicTime, alpha);
    }
    double ratio = Arguments.requireNonNegative("intrinsicTime", intrinsicTime) / rho;
    return Math.sqrt((intrinsicTime + rho) * (Math.log1p(ratio) - 2 * Math.log(alpha)));
  }
}

package io.armwise.posterior.sequential;

import io.armwise.posterior.special.IncompleteGamma;

/**
 * The gamma-exponential mixture, for one-sided sums that are sub-exponential with scale {@code c}:
 * {@code psi(lambda) = (-ln(1 - c lambda) - c lambda) / c^2}.
 *
 * <p>Valid, among others, for the sum of deviations {@code x - mean} of values bounded below by
 * {@code mean - c}, with {@code v = sum (x - prediction)^2} (empirical Bernstein), and for centred
 * exponential data of mean {@code c} with {@code v = c^2 t}. With {@code h(a, x) = x f_a(x) / P(a,
 * x)}, {@code f_a} the Gamma(a, 1) density and {@code P} its distribution function,
 *
 * <pre>{@code ln M = ln h(rho/c^2, rho/c^2) - ln h((v + rho)/c^2, (c s + v + rho)/c^2)}</pre>
 *
 * <p>which is the published form with its large terms cancelled by hand. Source: Howard et al.
 * (2021), Annals of Statistics 49:1055, Proposition 9.
 *
 * @param rho intrinsic time around which the mixture is concentrated, {@code > 0}
 * @param scale the scale {@code c > 0}, in the unit of the observations
 */
public record GammaExponentialMixture(double rho, double scale) implements MixtureMartingale {

  /**
   * @throws IllegalArgumentException unless both are {@code > 0} and finite (NaN included)
   */
  public GammaExponentialMixture {
    Arguments.requirePositive("rho", rho);
    Arguments.requirePositive("scale", scale);
  }

  /**
   * The mixture tuned like the one-sided normal mixture, its limit for small {@code scale}.
   *
   * @param intrinsicTime {@code > 0}
   * @param alpha error probability, in (0, 1/2)
   * @param scale the scale {@code c > 0}
   * @return the tuned mixture
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static GammaExponentialMixture tightestAt(
      double intrinsicTime, double alpha, double scale) {
    return new GammaExponentialMixture(
        NormalMixture.bestRho(intrinsicTime, alpha, Sides.ONE), scale);
  }

  @Override
  public double logValue(double sum, double intrinsicTime) {
    Arguments.requireFinite("sum", sum);
    Arguments.requireNonNegative("intrinsicTime", intrinsicTime);
    double square = scale * scale;
    double start = rho / square;
    double shape = (intrinsicTime + rho) / square;
    double point = sum / scale + shape;
    if (!(point > 0)) {
      // Further below the mean than data of this scale can fall: no evidence upwards.
      return Double.NEGATIVE_INFINITY;
    }
    return logHazard(start, start) - logHazard(shape, point);
  }

  private static double logHazard(double shape, double x) {
    return IncompleteGamma.logDensity(shape, x)
        + Math.log(x)
        - Math.log(IncompleteGamma.lower(shape, x));
  }
}

package io.armwise.posterior.sequential;

import io.armwise.posterior.special.IncompleteGamma;

/**
 * The gamma-Poisson mixture, for one-sided sums whose jumps are at most {@code c}: {@code
 * psi(lambda) = (exp(c lambda) - c lambda - 1) / c^2}.
 *
 * <p>Valid for martingales with increments {@code <= c} and predictable variance {@code v}
 * (Bennett), and exactly for centred Poisson counts of unit jumps ({@code c = 1, v = mean}). With
 * {@code h(a, x) = x f_a(x) / Q(a, x)}, {@code f_a} the Gamma(a, 1) density and {@code Q} its
 * survival function,
 *
 * <pre>{@code ln M = ln h(rho/c^2, rho/c^2) - ln h(s/c + (v + rho)/c^2, (v + rho)/c^2)}</pre>
 *
 * <p>which is the published form with its large terms cancelled by hand. Source: Howard et al.
 * (2021), Annals of Statistics 49:1055, Proposition 10.
 *
 * @param rho intrinsic time around which the mixture is concentrated, {@code > 0}
 * @param largestJump the bound {@code c > 0} on one increment, in the unit of the observations
 */
public record GammaPoissonMixture(double rho, double largestJump) implements MixtureMartingale {

  /**
   * @throws IllegalArgumentException unless both are {@code > 0} and finite (NaN included)
   */
  public GammaPoissonMixture {
    Arguments.requirePositive("rho", rho);
    Arguments.requirePositive("largestJump", largestJump);
  }

  /**
   * The mixture tuned like the one-sided normal mixture, its limit for small jumps.
   *
   * @param intrinsicTime {@code > 0}
   * @param alpha error probability, in (0, 1/2)
   * @param largestJump the bound {@code c > 0} on one increment
   * @return the tuned mixture
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static GammaPoissonMixture tightestAt(
      double intrinsicTime, double alpha, double largestJump) {
    return new GammaPoissonMixture(
        NormalMixture.bestRho(intrinsicTime, alpha, Sides.ONE), largestJump);
  }

  @Override
  public double logValue(double sum, double intrinsicTime) {
    Arguments.requireFinite("sum", sum);
    Arguments.requireNonNegative("intrinsicTime", intrinsicTime);
    double square = largestJump * largestJump;
    double start = rho / square;
    double point = (intrinsicTime + rho) / square;
    double shape = sum / largestJump + point;
    if (!(shape > 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    return logHazard(start, start) - logHazard(shape, point);
  }

  private static double logHazard(double shape, double x) {
    return IncompleteGamma.logDensity(shape, x)
        + Math.log(x)
        - Math.log(IncompleteGamma.upper(shape, x));
  }
}

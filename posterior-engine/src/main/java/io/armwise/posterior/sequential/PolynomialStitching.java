package io.armwise.posterior.sequential;

/**
 * The polynomial stitched boundary: closed form, of the order {@code sqrt(v ln ln v)} of the law of
 * the iterated logarithm.
 *
 * <p>With {@code w = max(v, v0)}, {@code l = s ln ln(eta w / v0) + ln(zeta(s) / (alpha (ln
 * eta)^s))}: {@code boundary = sqrt(k1^2 w l + (k2 c l)^2) + k2 c l}, {@code k1 = (eta^(1/4) +
 * eta^(-1/4)) / sqrt 2}, {@code k2 = (sqrt eta + 1) / 2}. Valid one-sided for sub-gamma sums of
 * scale {@code c}; a negative scale sharpens it for sums with light upper tails. Source: Howard et
 * al. (2021), Annals of Statistics 49:1055, Theorem 1, equation (10).
 *
 * @param start intrinsic time {@code v0 > 0} from which the curve is tight
 * @param scale sub-gamma scale {@code c}, any finite number, 0 for sub-Gaussian
 * @param exponent {@code s > 1}; 1.4 serves well
 * @param spacing ratio {@code eta > 1} of successive epochs; 2 serves well
 */
public record PolynomialStitching(double start, double scale, double exponent, double spacing)
    implements UniformBoundary {

  /**
   * @throws IllegalArgumentException unless the parameters are in their domain (NaN included)
   */
  public PolynomialStitching {
    Arguments.requirePositive("start", start);
    Arguments.requireFinite("scale", scale);
    Arguments.requireInside("exponent", exponent, 1, Double.POSITIVE_INFINITY);
    Arguments.requireInside("spacing", spacing, 1, Double.POSITIVE_INFINITY);
  }

  /**
   * The curve with the published choice {@code s = 1.4, eta = 2}.
   *
   * @param intrinsicTime {@code v0 > 0} from which the curve is tight
   * @param scale sub-gamma scale, 0 for sub-Gaussian
   * @return the curve
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static PolynomialStitching from(double intrinsicTime, double scale) {
    return new PolynomialStitching(intrinsicTime, scale, 1.4, 2);
  }

  @Override
  public double boundary(double intrinsicTime, double alpha) {
    Arguments.requireNonNegative("intrinsicTime", intrinsicTime);
    Arguments.requireAlpha(alpha);
    double time = Math.max(intrinsicTime, start);
    double length =
        exponent * Math.log(Math.log(spacing * time / start))
            + Math.log(RiemannZeta.at(exponent) / Math.pow(Math.log(spacing), exponent))
            - Math.log(alpha);
    double root = Math.pow(spacing, 0.25);
    double first = (root + 1 / root) / Math.sqrt(2);
    double second = (Math.sqrt(spacing) + 1) / 2 * scale * length;
    return Math.sqrt(first * first * time * length + second * second) + second;
  }
}

package io.armwise.posterior.sequential;

/**
 * Anytime-valid t and F tests of a linear model with normal errors of unknown variance.
 *
 * <p>With {@code r = g / (g + n)}, {@code nu} residual degrees of freedom and {@code d}
 * coefficients tested, {@code ln E = (d/2) ln r + (nu + d)/2 (ln(1 + d F / nu) - ln(1 + r d F /
 * nu))}; a t test is {@code d = 1, F = t^2}. The evidence lives on the scale-free statistics, so
 * the allocation must not depend on the outcomes: not for bandits. Source: Lindon, Ham, Tingley and
 * Bojinov (2022), arXiv:2210.08589, Theorems 3.2 and 3.4.
 *
 * @param priorPrecision {@code g > 0}: the prior on the effect is worth {@code g} observations
 */
public record AnytimeLinearModel(double priorPrecision) {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /**
   * @throws IllegalArgumentException unless {@code priorPrecision > 0} and finite (NaN included)
   */
  public AnytimeLinearModel {
    Arguments.requirePositive("priorPrecision", priorPrecision);
  }

  /**
   * The model whose t interval is narrowest at one sample size.
   *
   * @param observations {@code n}, more than {@code coefficients + 1}
   * @param coefficients number estimated, at least 1
   * @param alpha error probability, in (0, 1)
   * @return the tuned model
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static AnytimeLinearModel tightestAt(double observations, int coefficients, double alpha) {
    double freedom = requireFreedom(observations - coefficients);
    Arguments.requireAlpha(alpha);
    // The radius has one minimum in ln g; it is infinite for large g, so walk down to it.
    double low = Math.log(observations) - 30;
    double high = Math.log(observations) + 5;
    while (high - low > 1e-10) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      double radiusLeft =
          new AnytimeLinearModel(Math.exp(left)).radius(observations, freedom, alpha);
      double radiusRight =
          new AnytimeLinearModel(Math.exp(right)).radius(observations, freedom, alpha);
      if (radiusLeft <= radiusRight) {
        high = right;
      } else {
        low = left;
      }
    }
    return new AnytimeLinearModel(Math.exp((low + high) / 2));
  }

  /**
   * Logarithm of the e-value against "this coefficient is 0".
   *
   * @param observations {@code n > 0}
   * @param freedom residual degrees of freedom {@code nu > 0}
   * @param t the t statistic, finite
   * @return {@code ln E}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double logEValue(double observations, double freedom, double t) {
    Arguments.requireFinite("t", t);
    return logEValueF(observations, freedom, 1, t * t);
  }

  /**
   * Logarithm of the e-value against "all these coefficients are 0".
   *
   * @param observations {@code n > 0}
   * @param freedom residual degrees of freedom {@code nu > 0}
   * @param tested number of coefficients {@code d >= 1}
   * @param f the F statistic, {@code >= 0}, finite
   * @return {@code ln E}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double logEValueF(double observations, double freedom, int tested, double f) {
    Arguments.requirePositive("observations", observations);
    requireFreedom(freedom);
    Arguments.requireNonNegative("f", f);
    if (!(tested >= 1)) {
      throw new IllegalArgumentException("tested must be >= 1, got " + tested);
    }
    double r = priorPrecision / (priorPrecision + observations);
    double ratio = tested * f / freedom;
    return 0.5
        * (tested * Math.log(r) + (freedom + tested) * (Math.log1p(ratio) - Math.log1p(r * ratio)));
  }

  /**
   * Half the width of a coefficient's confidence sequence, in standard errors.
   *
   * @param observations {@code n > 0}
   * @param freedom residual degrees of freedom {@code nu > 0}
   * @param alpha error probability, in (0, 1)
   * @return {@code sqrt(nu (1 - q) / (q - r))}, {@code q = (r alpha^2)^(1/(nu + 1))}; infinite
   *     while no t statistic could reject
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double radius(double observations, double freedom, double alpha) {
    Arguments.requirePositive("observations", observations);
    requireFreedom(freedom);
    Arguments.requireAlpha(alpha);
    double r = priorPrecision / (priorPrecision + observations);
    double logQ = (Math.log(r) + 2 * Math.log(alpha)) / (freedom + 1);
    double gap = Math.exp(logQ) - r;
    return gap > 0 ? Math.sqrt(freedom * -Math.expm1(logQ) / gap) : Double.POSITIVE_INFINITY;
  }

  private static double requireFreedom(double freedom) {
    return Arguments.requirePositive("freedom", freedom);
  }
}

package io.armwise.posterior.sequential;

/**
 * A curve for all quantiles of a distribution at all times together.
 *
 * <p>The number of observations at or below the {@code p}-quantile exceeds {@code p t} by less than
 * the curve, for every {@code p} and {@code t}, with probability at least {@code 1 - alpha}.
 * Source: Howard and Ramdas (2022), Bernoulli 28:1704, Theorem 4.
 *
 * @param start number of observations {@code >= 1} from which the curve is tight
 * @param gridFineness spacing {@code delta > 0} of the grid of quantiles on the logit scale; 0.5
 *     serves well
 * @param exponent {@code s > 1}; 1.4 serves well
 * @param spacing ratio {@code eta > 1} of successive epochs; 2 serves well
 */
public record DoubleStitching(double start, double gridFineness, double exponent, double spacing) {

  /**
   * @throws IllegalArgumentException unless the parameters are in their domain (NaN included)
   */
  public DoubleStitching {
    if (!(start >= 1 && start < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("start must be >= 1 and finite, got " + start);
    }
    Arguments.requirePositive("gridFineness", gridFineness);
    Arguments.requireInside("exponent", exponent, 1, Double.POSITIVE_INFINITY);
    Arguments.requireInside("spacing", spacing, 1, Double.POSITIVE_INFINITY);
  }

  /**
   * The curve with the published choice {@code delta = 0.5, s = 1.4, eta = 2}.
   *
   * @param observations number of observations {@code >= 1} from which the curve is tight
   * @return the curve
   */
  public static DoubleStitching from(double observations) {
    return new DoubleStitching(observations, 0.5, 1.4, 2);
  }

  /**
   * The height of the curve.
   *
   * @param quantile {@code p} in (0, 1)
   * @param observations {@code t >= 0}
   * @param alpha probability that any curve is ever crossed, in (0, 1)
   * @return the bound on the excess count
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double boundary(double quantile, double observations, double alpha) {
    Arguments.requireInside("quantile", quantile, 0, 1);
    Arguments.requireNonNegative("observations", observations);
    Arguments.requireAlpha(alpha);
    double time = Math.max(observations, start);
    double epochs = time / start;
    double logit = Math.log(quantile / (1 - quantile));
    double shifted = logit + 2 * gridFineness * Math.sqrt(spacing / epochs);
    double nearest = quantile >= 0.5 ? quantile : Math.min(0.5, 1 / (1 + Math.exp(-shifted)));
    double variance = nearest * (1 - nearest);
    double gridIndex = Math.sqrt(epochs) * Math.abs(logit) / (2 * gridFineness) + 1;
    double zeta = RiemannZeta.at(exponent);
    double length =
        exponent * Math.log(Math.log(spacing * epochs))
            + exponent * Math.log(gridIndex)
            + Math.log(2 * zeta * (2 * zeta + 1) / (alpha * Math.pow(Math.log(spacing), exponent)));
    double root = Math.pow(spacing, 0.25);
    double first = (root + 1 / root) / Math.sqrt(2);
    double second = (Math.sqrt(spacing) + 1) / 2 * (1 - 2 * quantile) / 3 * length;
    return gridFineness * Math.sqrt(spacing * epochs * variance)
        + Math.sqrt(first * first * variance * time * length + second * second)
        + second;
  }
}

package io.armwise.posterior.sequential;

import java.util.function.DoubleUnaryOperator;

/**
 * A band around the empirical distribution function, valid at all values and all times together:
 * {@code sup_x |F_t(x) - F(x)| <= A sqrt((ln(1 + ln(t / t0)) + C) / t)} for {@code t >= t0}.
 *
 * <p>{@code C} solves {@code inf_eta 4 exp(-g C) (1 + 1 / ((g - 1) ln eta)) = alpha} with {@code g
 * = (2 / eta) (A - sqrt(2 (eta - 1) / C))^2 > 1}. Source: Howard and Ramdas (2022), Bernoulli
 * 28:1704, Theorem 2.
 */
public final class EmpiricalDistributionBand {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final double start;
  private final double leading;
  private final double constant;

  private EmpiricalDistributionBand(double start, double leading, double constant) {
    this.start = start;
    this.leading = leading;
    this.constant = constant;
  }

  /**
   * The band with the published leading constant {@code A = 0.85}.
   *
   * @param start number of observations {@code t0 >= 1} from which the band is finite
   * @param alpha probability that the band ever fails, in (0, 1)
   * @return the band
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static EmpiricalDistributionBand from(double start, double alpha) {
    if (!(start >= 1 && start < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("start must be >= 1 and finite, got " + start);
    }
    Arguments.requireAlpha(alpha);
    double leading = 0.85;
    DoubleUnaryOperator excess = c -> Math.log(alpha) - logError(leading, c);
    double high = Crossing.beyond(excess, 5);
    return new EmpiricalDistributionBand(start, leading, Crossing.bisect(excess, 0.5, high));
  }

  /**
   * Half the height of the band.
   *
   * @param observations number of observations {@code t >= 1}
   * @return the largest difference of the distribution functions; infinite before the start
   * @throws IllegalArgumentException unless {@code observations >= 1} (NaN included)
   */
  public double halfHeight(double observations) {
    if (!(observations >= 1)) {
      throw new IllegalArgumentException("observations must be >= 1, got " + observations);
    }
    if (observations < start) {
      return Double.POSITIVE_INFINITY;
    }
    return leading
        * Math.sqrt((Math.log1p(Math.log(observations / start)) + constant) / observations);
  }

  /** Logarithm of the smallest error bound over the epoch ratio {@code eta}. */
  private static double logError(double leading, double c) {
    DoubleUnaryOperator error = eta -> logErrorAt(leading, c, eta);
    // Beyond this ratio g <= 1 and the bound is void.
    double limit =
        Crossing.bisect(
            eta -> Math.sqrt(eta / 2) + Math.sqrt(2 * (eta - 1) / c) - leading,
            1,
            2 * leading * leading);
    double low = 1;
    double high = limit;
    while (high - low > 1e-9) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (error.applyAsDouble(left) <= error.applyAsDouble(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return error.applyAsDouble((low + high) / 2);
  }

  private static double logErrorAt(double leading, double c, double eta) {
    double slack = leading - Math.sqrt(2 * (eta - 1) / c);
    double rate = 2 / eta * slack * slack;
    if (!(rate > 1 && eta > 1)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.log(4) - rate * c + Math.log1p(1 / ((rate - 1) * Math.log(eta)));
  }
}

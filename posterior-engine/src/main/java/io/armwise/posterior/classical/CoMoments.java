package io.armwise.posterior.classical;

import io.armwise.posterior.CovariateEvidence;
import java.util.Arrays;

/**
 * Mergeable sufficient statistics of several values per unit: count, means, and co-moments {@code
 * C(i, j) = Σ (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ)}. Immutable.
 *
 * <p>Deviations from the mean instead of raw sums: they keep their digits when the mean is large
 * beside the spread. Merging follows Chan, Golub and LeVeque (1983), Am. Stat. 37:242, and is
 * associative up to rounding.
 */
public final class CoMoments {
  private final double n;
  private final double[] mean;
  private final double[] coMoment;

  private CoMoments(double n, double[] mean, double[] coMoment) {
    this.n = n;
    this.mean = mean;
    this.coMoment = coMoment;
  }

  /**
   * Statistics of units that are listed one by one.
   *
   * @param columns one array per variable, all of the same length, finite values
   * @return their statistics
   * @throws IllegalArgumentException without columns, for columns of different lengths, or for a
   *     value that is not finite
   */
  public static CoMoments ofColumns(double[]... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("columns must not be empty");
    }
    CoMoments total = empty(columns.length);
    double[] unit = new double[columns.length];
    for (double[] column : columns) {
      if (column.length != columns[0].length) {
        throw new IllegalArgumentException(
            "columns must have equal lengths, got " + column.length + " and " + columns[0].length);
      }
    }
    for (int row = 0; row < columns[0].length; row++) {
      for (int i = 0; i < unit.length; i++) {
        Guard.finite("each value", columns[i][row]);
        unit[i] = columns[i][row];
      }
      total = total.merge(new CoMoments(1, unit.clone(), new double[unit.length * unit.length]));
    }
    return total;
  }

  /**
   * Statistics of a metric and one covariate, or of a numerator and its denominator.
   *
   * @param evidence its metric becomes variable 0, its covariate variable 1
   * @return the same numbers
   */
  public static CoMoments of(CovariateEvidence evidence) {
    return new CoMoments(
        evidence.count(),
        new double[] {evidence.metricMean(), evidence.covariateMean()},
        new double[] {
          evidence.metricSquares(),
          evidence.coMoment(),
          evidence.coMoment(),
          evidence.covariateSquares()
        });
  }

  /**
   * Statistics from raw sums, as a warehouse query returns them. Digits are lost when the means are
   * large beside the spreads.
   *
   * @param n number of units, ≥ 1
   * @param sums {@code Σ xᵢ} per variable
   * @param products {@code Σ xᵢ xⱼ}, shape (d, d), symmetric
   * @return the statistics
   * @throws IllegalArgumentException if n is below 1, shapes differ or a value is not finite
   */
  public static CoMoments ofSums(double n, double[] sums, double[][] products) {
    if (!(n >= 1 && n < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("n must be >= 1 and finite, got " + n);
    }
    if (sums.length == 0 || products.length != sums.length) {
      throw new IllegalArgumentException(
          "products must have shape (d, d) with d = " + sums.length + ", got " + products.length);
    }
    int d = sums.length;
    double[] mean = new double[d];
    double[] coMoment = new double[d * d];
    for (int i = 0; i < d; i++) {
      Guard.finite("each sum", sums[i]);
      mean[i] = sums[i] / n;
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        Guard.finite("each product", products[i][j]);
        coMoment[i * d + j] = products[i][j] - sums[i] * mean[j];
      }
    }
    return new CoMoments(n, mean, coMoment);
  }

  private static CoMoments empty(int variables) {
    return new CoMoments(0, new double[variables], new double[variables * variables]);
  }

  /**
   * The statistics of both sets of units.
   *
   * @param other statistics of the same variables
   * @return the union
   * @throws IllegalArgumentException if the numbers of variables differ
   */
  public CoMoments merge(CoMoments other) {
    int d = mean.length;
    if (other.mean.length != d) {
      throw new IllegalArgumentException(
          "variables must agree, got " + d + " and " + other.mean.length);
    }
    if (n == 0 || other.n == 0) {
      return n == 0 ? other : this;
    }
    double total = n + other.n;
    double share = other.n / total;
    double[] mergedMean = new double[d];
    double[] merged = new double[d * d];
    for (int i = 0; i < d; i++) {
      double gap = other.mean[i] - mean[i];
      mergedMean[i] = mean[i] + gap * share;
      for (int j = 0; j < d; j++) {
        merged[i * d + j] =
            coMoment[i * d + j]
                + other.coMoment[i * d + j]
                + gap * (other.mean[j] - mean[j]) * (n * share);
      }
    }
    return new CoMoments(total, mergedMean, merged);
  }

  /**
   * The number of units, fractional after weighting.
   *
   * @return n ≥ 0
   */
  public double n() {
    return n;
  }

  /**
   * The number of variables per unit.
   *
   * @return d ≥ 1
   */
  public int variables() {
    return mean.length;
  }

  /**
   * The mean of a variable.
   *
   * @param i index in [0, variables)
   * @return the mean
   */
  public double mean(int i) {
    return mean[i];
  }

  /**
   * {@code Σ (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ)}.
   *
   * @param i index in [0, variables)
   * @param j index in [0, variables)
   * @return the co-moment; for i = j the sum of squared deviations
   */
  public double coMoment(int i, int j) {
    return coMoment[i * mean.length + j];
  }

  /**
   * The sample covariance, {@code coMoment / (n − 1)}.
   *
   * @param i index in [0, variables)
   * @param j index in [0, variables)
   * @return the covariance
   * @throws IllegalStateException for fewer than two units
   */
  public double covariance(int i, int j) {
    if (n < 2) {
      throw new IllegalStateException("a covariance needs two units, got " + n);
    }
    return coMoment(i, j) / (n - 1);
  }

  @Override
  public String toString() {
    return "CoMoments[n=" + n + ", mean=" + Arrays.toString(mean) + "]";
  }
}

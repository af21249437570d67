package io.armwise.service.evidence;

import java.math.BigDecimal;

/**
 * The exact sums of one arm in one hour. Numbers carry no trailing zeros, so that equal figures are
 * equal objects. Immutable.
 *
 * @param units exposed units
 * @param responders units with an outcome other than zero
 * @param switched units that were seen in several arms
 * @param sum of the units' values
 * @param sumOfSquares of the units' values
 * @param weight sum of 1 / propensity, in units of 2^-20
 * @param weightedSum of values / propensity, in units of 2^-20
 * @param weightedSumOfSquares of squared values / propensity, in units of 2^-20
 * @param late outcomes that came too late to count
 * @param denominatorSum of the units' denominators, 0 unless the metric is a ratio
 * @param denominatorSumOfSquares of the units' denominators
 * @param productSum of the units' values times denominators
 * @param covariateUnits units of which the covariate is known
 * @param covariateSum of their covariates
 * @param covariateSumOfSquares of their covariates
 * @param covariateProductSum of their values times covariates
 */
public record EvidenceFigures(
    long units,
    long responders,
    long switched,
    BigDecimal sum,
    BigDecimal sumOfSquares,
    BigDecimal weight,
    BigDecimal weightedSum,
    BigDecimal weightedSumOfSquares,
    long late,
    BigDecimal denominatorSum,
    BigDecimal denominatorSumOfSquares,
    BigDecimal productSum,
    long covariateUnits,
    BigDecimal covariateSum,
    BigDecimal covariateSumOfSquares,
    BigDecimal covariateProductSum) {

  /** The figures of a row that does not exist. */
  public static final EvidenceFigures ZERO = of(new EvidenceSums());

  public EvidenceFigures {
    sum = plain(sum);
    sumOfSquares = plain(sumOfSquares);
    weight = plain(weight);
    weightedSum = plain(weightedSum);
    weightedSumOfSquares = plain(weightedSumOfSquares);
    denominatorSum = plain(denominatorSum);
    denominatorSumOfSquares = plain(denominatorSumOfSquares);
    productSum = plain(productSum);
    covariateSum = plain(covariateSum);
    covariateSumOfSquares = plain(covariateSumOfSquares);
    covariateProductSum = plain(covariateProductSum);
  }

  /**
   * Which figures.
   *
   * @param experiment id
   * @param arm slot
   * @param metric key
   * @param hour of exposure, in hours since 1970
   */
  public record Place(int experiment, int arm, String metric, int hour) {}

  static EvidenceFigures of(EvidenceSums sums) {
    return new EvidenceFigures(
        sums.units,
        sums.responders,
        sums.switched,
        sums.sum,
        sums.sumOfSquares,
        sums.weight,
        sums.weightedSum,
        sums.weightedSumOfSquares,
        sums.late,
        sums.denominatorSum,
        sums.denominatorSumOfSquares,
        sums.productSum,
        sums.covariateUnits,
        sums.covariateSum,
        sums.covariateSumOfSquares,
        sums.covariateProductSum);
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }
}

package io.armwise.service.evidence;

import io.armwise.bandits.allocation.Shares;
import io.armwise.service.evidence.Contribution.Credit;
import java.math.BigDecimal;

/**
 * Exact sums over units. Mutable while a batch is folded; owned by one thread.
 *
 * <p>Weights are {@code round(2^20 / propensity)} in units of 2^-20: whole numbers, so that sums of
 * them are exact too. A unit without known propensity has weight 0.
 */
final class EvidenceSums {
  long units;
  long responders;
  long switched;
  long late;
  BigDecimal sum = BigDecimal.ZERO;
  BigDecimal sumOfSquares = BigDecimal.ZERO;
  BigDecimal weight = BigDecimal.ZERO;
  BigDecimal weightedSum = BigDecimal.ZERO;
  BigDecimal weightedSumOfSquares = BigDecimal.ZERO;
  BigDecimal denominatorSum = BigDecimal.ZERO;
  BigDecimal denominatorSumOfSquares = BigDecimal.ZERO;
  BigDecimal productSum = BigDecimal.ZERO;
  long covariateUnits;
  BigDecimal covariateSum = BigDecimal.ZERO;
  BigDecimal covariateSumOfSquares = BigDecimal.ZERO;
  BigDecimal covariateProductSum = BigDecimal.ZERO;

  /** Adds ({@code sign = 1}) or takes back ({@code sign = -1}) a unit with what one metric has. */
  void add(Contribution unit, Credit credit, int sign) {
    units += sign;
    switched += unit.switched() ? sign : 0;
    if (unit.share() > 0) {
      weight = weight.add(BigDecimal.valueOf(sign * weight(unit.share())));
    }
    addCredit(credit, unit.share(), sign);
  }

  /** Adds a credit to, or takes it from, a unit that is counted already. */
  void addCredit(Credit credit, long share, int sign) {
    responders += credit.responded() ? sign : 0;
    late += (long) sign * credit.late();
    addValue(credit.value(), share, sign);
    addDenominator(credit, sign);
    addCovariate(credit, sign);
  }

  private void addValue(BigDecimal value, long share, int sign) {
    if (value.signum() == 0) {
      return;
    }
    BigDecimal signed = sign > 0 ? value : value.negate();
    BigDecimal square = signed.multiply(value);
    sum = sum.add(signed);
    sumOfSquares = sumOfSquares.add(square);
    if (share > 0) {
      BigDecimal w = BigDecimal.valueOf(weight(share));
      weightedSum = weightedSum.add(w.multiply(signed));
      weightedSumOfSquares = weightedSumOfSquares.add(w.multiply(square));
    }
  }

  private void addDenominator(Credit credit, int sign) {
    if (credit.denominator().signum() == 0) {
      return;
    }
    BigDecimal signed = sign > 0 ? credit.denominator() : credit.denominator().negate();
    denominatorSum = denominatorSum.add(signed);
    denominatorSumOfSquares = denominatorSumOfSquares.add(signed.multiply(credit.denominator()));
    productSum = productSum.add(signed.multiply(credit.value()));
  }

  private void addCovariate(Credit credit, int sign) {
    BigDecimal covariate = credit.covariate();
    if (covariate == null) {
      return;
    }
    BigDecimal signed = sign > 0 ? covariate : covariate.negate();
    covariateUnits += sign;
    covariateSum = covariateSum.add(signed);
    covariateSumOfSquares = covariateSumOfSquares.add(signed.multiply(covariate));
    covariateProductSum = covariateProductSum.add(signed.multiply(credit.value()));
  }

  /** Adds other sums to these. */
  void add(EvidenceSums other) {
    units += other.units;
    responders += other.responders;
    switched += other.switched;
    late += other.late;
    sum = sum.add(other.sum);
    sumOfSquares = sumOfSquares.add(other.sumOfSquares);
    weight = weight.add(other.weight);
    weightedSum = weightedSum.add(other.weightedSum);
    weightedSumOfSquares = weightedSumOfSquares.add(other.weightedSumOfSquares);
    denominatorSum = denominatorSum.add(other.denominatorSum);
    denominatorSumOfSquares = denominatorSumOfSquares.add(other.denominatorSumOfSquares);
    productSum = productSum.add(other.productSum);
    covariateUnits += other.covariateUnits;
    covariateSum = covariateSum.add(other.covariateSum);
    covariateSumOfSquares = covariateSumOfSquares.add(other.covariateSumOfSquares);
    covariateProductSum = covariateProductSum.add(other.covariateProductSum);
  }

  /** Whether every sum is zero, so that there is nothing to store. */
  boolean isZero() {
    return units == 0
        && responders == 0
        && switched == 0
        && late == 0
        && sum.signum() == 0
        && sumOfSquares.signum() == 0
        && weight.signum() == 0
        && weightedSum.signum() == 0
        && weightedSumOfSquares.signum() == 0
        && denominatorSum.signum() == 0
        && denominatorSumOfSquares.signum() == 0
        && productSum.signum() == 0
        && covariateUnits == 0
        && covariateSum.signum() == 0
        && covariateSumOfSquares.signum() == 0
        && covariateProductSum.signum() == 0;
  }

  /** {@code round(2^20 / (share / 2^32))}, at most 2^52. */
  static long weight(long share) {
    long numerator = Shares.TOTAL << 20;
    return (numerator + share / 2) / share;
  }
}

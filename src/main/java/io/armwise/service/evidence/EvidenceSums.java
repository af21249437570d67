package io.armwise.service.evidence;

import io.armwise.bandits.allocation.Shares;
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
  BigDecimal sum = BigDecimal.ZERO;
  BigDecimal sumOfSquares = BigDecimal.ZERO;
  BigDecimal weight = BigDecimal.ZERO;
  BigDecimal weightedSum = BigDecimal.ZERO;
  BigDecimal weightedSumOfSquares = BigDecimal.ZERO;

  /** Adds ({@code sign = 1}) or takes back ({@code sign = -1}) a unit's contribution. */
  void add(Contribution unit, int sign) {
    units += sign;
    responders += unit.responded() ? sign : 0;
    switched += unit.switched() ? sign : 0;
    addValue(unit.value(), unit.share(), sign);
    if (unit.share() > 0) {
      weight = weight.add(BigDecimal.valueOf(sign * weight(unit.share())));
    }
  }

  /** Adds a value to a unit that is counted already with value 0. */
  void addValue(BigDecimal value, long share, int sign) {
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

  /** Adds other sums to these. */
  void add(EvidenceSums other) {
    units += other.units;
    responders += other.responders;
    switched += other.switched;
    sum = sum.add(other.sum);
    sumOfSquares = sumOfSquares.add(other.sumOfSquares);
    weight = weight.add(other.weight);
    weightedSum = weightedSum.add(other.weightedSum);
    weightedSumOfSquares = weightedSumOfSquares.add(other.weightedSumOfSquares);
  }

  /** Whether every sum is zero, so that there is nothing to store. */
  boolean isZero() {
    return units == 0
        && responders == 0
        && switched == 0
        && sum.signum() == 0
        && sumOfSquares.signum() == 0
        && weight.signum() == 0
        && weightedSum.signum() == 0
        && weightedSumOfSquares.signum() == 0;
  }

  /** {@code round(2^20 / (share / 2^32))}, at most 2^52. */
  static long weight(long share) {
    long numerator = Shares.TOTAL << 20;
    return (numerator + share / 2) / share;
  }
}

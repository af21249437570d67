package io.armwise.posterior.classical;

import io.armwise.posterior.special.StandardNormal;

/**
 * Power of the z test of two proportions; effects are absolute differences {@code p₂ − p₁}.
 *
 * <p>Tools differ in the variance under the null hypothesis, and so in the units they ask for: for
 * 20 % against 25 % at 5 % and power 80 % R asks for 1,094 per arm and Evan Miller's calculator for
 * 1,030. {@link NullVariance} names the choices; {@link NullVariance#POOLED} matches the test in
 * {@link TwoProportionTest#pooled}.
 *
 * @param test level, tails and allocation
 * @param baseline share of the control, in (0, 1)
 * @param nullVariance the variance that the critical value uses
 */
public record ProportionPower(PlannedTest test, double baseline, NullVariance nullVariance)
    implements PowerModel {

  /** The variance of one unit that the critical value assumes. */
  public enum NullVariance {
    /**
     * {@code p̄(1−p̄)} with {@code p̄} the mean share of all units. R's {@code power.prop.test};
     * Fleiss (1981), Statistical Methods for Rates and Proportions, equation 3.14.
     */
    POOLED,
    /** {@code p₁q₁} and {@code p₂q₂}, the Wald test. */
    UNPOOLED,
    /** {@code p₁q₁} in both arms: Evan Miller's calculator. */
    BASELINE,
    /** The variance-stabilised difference {@link EffectSize#cohensH}; Cohen (1988), §6.4. */
    ARCSINE
  }

  /** Checks the ranges. */
  public ProportionPower {
    Guard.openUnit("baseline", baseline);
  }

  /** {@inheritDoc} The effect is absolute, in {@code (−baseline, 1 − baseline)}. */
  @Override
  public double power(double effect, double units) {
    Tails tails = tails(effect, units);
    return StandardNormal.cdf(tails.shift - tails.critical);
  }

  /** {@inheritDoc} A one-sided test looks for increases. */
  @Override
  public double rejectionProbability(double effect, double units) {
    Tails tails = tails(effect, units);
    double same = StandardNormal.cdf(tails.shift - tails.critical);
    double opposite = StandardNormal.cdf(-tails.shift - tails.critical);
    if (test.twoSided()) {
      return same + opposite;
    }
    return effect >= 0 ? same : opposite;
  }

  /** Size of the effect and critical value, both in standard errors of the true shares. */
  private record Tails(double shift, double critical) {}

  private Tails tails(double effect, double units) {
    double other = baseline + effect;
    if (!(other > 0 && other < 1)) {
      throw new IllegalArgumentException(
          "baseline + effect must be in (0, 1), got " + baseline + " + " + effect);
    }
    Guard.positive("units", units);
    double n1 = test.controlUnits(units);
    double n2 = test.treatmentUnits(units);
    double z = StandardNormal.inverseSurvival(test.tail());
    double se = Math.sqrt(baseline * (1 - baseline) / n1 + other * (1 - other) / n2);
    double perUnit = 1 / n1 + 1 / n2;
    double gap = Math.abs(effect);
    return switch (nullVariance) {
      case POOLED -> {
        double mean = (n1 * baseline + n2 * other) / (n1 + n2);
        yield new Tails(gap / se, z * Math.sqrt(mean * (1 - mean) * perUnit) / se);
      }
      case UNPOOLED -> new Tails(gap / se, z);
      case BASELINE -> new Tails(gap / se, z * Math.sqrt(baseline * (1 - baseline) * perUnit) / se);
      case ARCSINE ->
          new Tails(Math.abs(EffectSize.cohensH(baseline, other)) / Math.sqrt(perUnit), z);
    };
  }

  @Override
  public double fewestUnits() {
    // The large-sample formula has no smallest sample; any number near zero will do.
    return 1e-6;
  }

  @Override
  public double largestEffect(boolean up) {
    // Just inside, so that baseline + effect does not round to 0 or 1.
    return (up ? 1 - baseline : -baseline) * (1 - 1e-12);
  }
}

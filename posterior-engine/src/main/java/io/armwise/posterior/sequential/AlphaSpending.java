package io.armwise.posterior.sequential;

import io.armwise.posterior.special.StandardNormal;

/**
 * How much of the error probability may have been spent when a fraction of the planned information
 * is in. Source: Lan and DeMets (1983), Biometrika 70:659.
 */
public sealed interface AlphaSpending {

  /**
   * The error probability spent up to an information fraction.
   *
   * @param fraction in [0, 1]
   * @param alpha error probability of the whole test, in (0, 1)
   * @param sides whether {@code alpha} covers one or both sides
   * @return in {@code [0, alpha]}, rising, {@code alpha} at fraction 1
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  double spent(double fraction, double alpha, Sides sides);

  /**
   * Spends like O'Brien and Fleming: {@code 2 (1 - Phi(z_{a/2} / sqrt t))} per side of error
   * probability {@code a}. Source: Lan and DeMets (1983), function alpha_1.
   */
  record OBrienFleming() implements AlphaSpending {
    @Override
    public double spent(double fraction, double alpha, Sides sides) {
      requireFraction(fraction, alpha);
      double perSide = sides.perSide(alpha);
      double z = StandardNormal.inverseSurvival(perSide / 2);
      double oneSide = fraction == 0 ? 0 : 2 * StandardNormal.survival(z / Math.sqrt(fraction));
      return sides == Sides.ONE ? oneSide : 2 * oneSide;
    }
  }

  /**
   * Spends like Pocock: {@code alpha ln(1 + (e - 1) t)}. Source: Lan and DeMets (1983), function
   * alpha_2.
   */
  record Pocock() implements AlphaSpending {
    @Override
    public double spent(double fraction, double alpha, Sides sides) {
      requireFraction(fraction, alpha);
      return alpha * Math.log1p((Math.E - 1) * fraction);
    }
  }

  /**
   * The power family {@code alpha t^exponent}. Source: Kim and DeMets (1987), Biometrika 74:149.
   *
   * @param exponent {@code > 0}; 1 spends evenly, 3 is close to O'Brien and Fleming
   */
  record Power(double exponent) implements AlphaSpending {
    /**
     * @throws IllegalArgumentException unless {@code exponent > 0} and finite (NaN included)
     */
    public Power {
      Arguments.requirePositive("exponent", exponent);
    }

    @Override
    public double spent(double fraction, double alpha, Sides sides) {
      requireFraction(fraction, alpha);
      return alpha * Math.pow(fraction, exponent);
    }
  }

  /**
   * The family {@code alpha (1 - exp(-g t)) / (1 - exp(-g))}, {@code alpha t} at {@code g = 0}.
   * Source: Hwang, Shih and DeCani (1990), Statistics in Medicine 9:1439.
   *
   * @param shape {@code g}, finite; -4 is close to O'Brien and Fleming, 1 to Pocock
   */
  record HwangShihDeCani(double shape) implements AlphaSpending {
    /**
     * @throws IllegalArgumentException unless {@code shape} is finite (NaN included)
     */
    public HwangShihDeCani {
      Arguments.requireFinite("shape", shape);
    }

    @Override
    public double spent(double fraction, double alpha, Sides sides) {
      requireFraction(fraction, alpha);
      return shape == 0
          ? alpha * fraction
          : alpha * Math.expm1(-shape * fraction) / Math.expm1(-shape);
    }
  }

  private static void requireFraction(double fraction, double alpha) {
    Arguments.requireUnit("fraction", fraction);
    Arguments.requireAlpha(alpha);
  }
}

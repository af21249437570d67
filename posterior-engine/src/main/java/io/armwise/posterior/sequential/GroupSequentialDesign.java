package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;
import io.armwise.posterior.special.StandardNormal;
import java.util.ArrayList;
import java.util.List;

/**
 * A test with a few planned looks: efficacy boundaries on the z scale, symmetric when two-sided.
 *
 * <p>The z statistic at information fraction {@code t} is normal with mean {@code drift sqrt(t)}
 * and correlations {@code sqrt(s / t)}; the drift is the expected z at full information.
 * Probabilities come from {@link StageDensity}, boundaries are good to about 1e-9. Narrower at the
 * planned end than anything valid at every moment, but only for the planned looks, and not when
 * outcomes move the allocation. Source: Jennison and Turnbull (2000), Group Sequential Methods,
 * chapters 2, 7, 8, 19.
 *
 * @param fractions information fractions of the looks, rising, in (0, 1], shape (K)
 * @param bounds critical values of z, {@code > 0}, {@code +Infinity} for a look that cannot stop,
 *     shape (K)
 * @param sides whether the test also stops below {@code -bounds}
 */
public record GroupSequentialDesign(List<Double> fractions, List<Double> bounds, Sides sides) {
  private static final double LARGEST_BOUND = 38;

  /**
   * @throws IllegalArgumentException unless the lists are of one length, at least 1, and in their
   *     domain (NaN included)
   */
  public GroupSequentialDesign {
    requireFractions(fractions);
    if (bounds.size() != fractions.size()) {
      throw new IllegalArgumentException(
          "bounds must be " + fractions.size() + ", got " + bounds.size());
    }
    for (double bound : bounds) {
      if (!(bound > 0)) {
        throw new IllegalArgumentException("bounds must be > 0, got " + bounds);
      }
    }
    fractions = List.copyOf(fractions);
    bounds = List.copyOf(bounds);
  }

  /**
   * Equally spaced looks with the boundary {@code z_k = C (k / K)^(delta - 1/2)}.
   *
   * <p>{@code delta = 1/2} is Pocock (1977), {@code delta = 0} O'Brien and Fleming (1979), between
   * them Wang and Tsiatis (1987), Biometrics 43:193.
   *
   * @param looks number of looks, at least 1
   * @param delta shape, finite
   * @param alpha type I error, in (0, 1), for one-sided tests below 1/2
   * @param sides of the test
   * @return the design
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static GroupSequentialDesign wangTsiatis(
      int looks, double delta, double alpha, Sides sides) {
    if (!(looks >= 1)) {
      throw new IllegalArgumentException("looks must be >= 1, got " + looks);
    }
    Arguments.requireFinite("delta", delta);
    Arguments.requireInside("alpha", alpha, 0, sides == Sides.ONE ? 0.5 : 1);
    double constant =
        Crossing.smooth(
            c -> alpha - shaped(looks, delta, c, sides).crossing(0).total(),
            StandardNormal.inverseSurvival(sides.perSide(alpha)) * 0.999,
            // Bonferroni over the looks is wider than the exact constant at the tightest look.
            StandardNormal.inverseSurvival(sides.perSide(alpha) / looks)
                * Math.max(1, Math.pow(looks, delta - 0.5)));
    return shaped(looks, delta, constant, sides);
  }

  /**
   * Looks at any information fractions, with boundaries that spend the error as a function of them.
   *
   * @param fractions rising, in (0, 1], at least one; the last may stay below 1
   * @param spending the spending function
   * @param alpha type I error at full information, in (0, 1)
   * @param sides of the test
   * @return the design
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static GroupSequentialDesign spending(
      List<Double> fractions, AlphaSpending spending, double alpha, Sides sides) {
    requireFractions(fractions);
    Arguments.requireAlpha(alpha);
    List<Double> bounds = new ArrayList<>();
    StageDensity density = StageDensity.start(0);
    double spentBefore = 0;
    for (int k = 0; k < fractions.size(); k++) {
      double time = fractions.get(k);
      double spent = spending.spent(time, alpha, sides);
      // Both sides are symmetric at drift 0, so each spends half.
      double budget = (spent - spentBefore) / (sides == Sides.TWO ? 2 : 1);
      StageDensity before = density;
      double bound =
          before.above(time, LARGEST_BOUND) >= budget
              ? Double.POSITIVE_INFINITY
              : Crossing.smooth(z -> budget - before.above(time, z), -10, LARGEST_BOUND);
      bounds.add(bound);
      spentBefore = spent;
      if (k + 1 < fractions.size()) {
        double lower = sides == Sides.TWO ? -bound : Double.NEGATIVE_INFINITY;
        density = density.continued(time, lower, bound, fractions.get(k + 1));
      }
    }
    return new GroupSequentialDesign(fractions, bounds, sides);
  }

  /**
   * The nominal p-value of each look: what a fixed test would report at its boundary.
   *
   * @return shape (K), one- or two-sided as the design
   */
  public List<Double> nominalPValues() {
    double factor = sides == Sides.TWO ? 2 : 1;
    return bounds.stream().map(z -> factor * StandardNormal.survival(z)).toList();
  }

  /**
   * How likely each look stops.
   *
   * @param drift expected z at full information, finite; 0 under the null
   * @return the probabilities
   * @throws IllegalArgumentException if the drift is not finite
   */
  public CrossingProbabilities crossing(double drift) {
    List<Double> upper = new ArrayList<>();
    List<Double> lower = new ArrayList<>();
    StageDensity density = StageDensity.start(Arguments.requireFinite("drift", drift));
    for (int k = 0; k < bounds.size(); k++) {
      upper.add(density.above(fractions.get(k), bounds.get(k)));
      lower.add(sides == Sides.TWO ? density.below(fractions.get(k), -bounds.get(k)) : 0.0);
      density = after(density, k);
    }
    return new CrossingProbabilities(upper, lower);
  }

  /**
   * The drift at which the test crosses upwards with a given probability.
   *
   * @param power between the type I error of the upper side and 1
   * @return expected z at full information
   * @throws IllegalArgumentException unless the power is in that range (NaN included)
   */
  public double driftForPower(double power) {
    double atNull = crossing(0).upperTotal();
    Arguments.requireInside("power", power, atNull, 1);
    double high = Crossing.beyond(drift -> crossing(drift).upperTotal() - power, 1);
    return Crossing.smooth(drift -> crossing(drift).upperTotal() - power, 0, high);
  }

  /**
   * How much larger the maximum sample must be than that of a fixed test with the same error and
   * power: {@code (drift / (z_alpha + z_power))^2}.
   *
   * @param power aimed at
   * @return factor, {@code >= 1} up to rounding
   */
  public double inflationFactor(double power) {
    double alpha = crossing(0).total();
    double fixed =
        StandardNormal.inverseSurvival(sides.perSide(alpha)) + StandardNormal.quantile(power);
    double ratio = driftForPower(power) / fixed;
    return ratio * ratio;
  }

  /**
   * The expected information fraction when the test ends.
   *
   * @param drift expected z at full information
   * @return in (0, 1]
   */
  public double expectedInformation(double drift) {
    CrossingProbabilities stop = crossing(drift);
    double going = 1;
    double expected = 0;
    for (int k = 0; k < bounds.size(); k++) {
      double stopping = stop.upper().get(k) + stop.lower().get(k);
      boolean last = k == bounds.size() - 1;
      expected += fractions.get(k) * (last ? going : stopping);
      going -= stopping;
    }
    return expected;
  }

  /**
   * The one-sided p-value of an outcome in stage-wise order: stopping earlier above the boundary is
   * more extreme, later less.
   *
   * @param look index of the look at which the test ended, from 0
   * @param z its statistic
   * @param drift the drift tested, 0 for no effect
   * @return probability of an outcome at least as extreme upwards, in [0, 1]
   * @throws IllegalArgumentException unless the look exists and the numbers are finite
   */
  public double stagewisePValue(int look, double z, double drift) {
    requireLook(look);
    Arguments.requireFinite("z", z);
    StageDensity density = StageDensity.start(Arguments.requireFinite("drift", drift));
    double sum = 0;
    for (int k = 0; k < look; k++) {
      sum += density.above(fractions.get(k), bounds.get(k));
      density = after(density, k);
    }
    return Math.min(1, sum + density.above(fractions.get(look), z));
  }

  /**
   * Confidence interval of the drift after the test has ended, adjusted for the looks: the drifts
   * at which the stage-wise p-value is between {@code alpha / 2} and {@code 1 - alpha / 2}. Divide
   * by the expected z of a unit effect to obtain the effect. Source: Tsiatis, Rosner and Mehta
   * (1984), Biometrics 40:797.
   *
   * @param look index of the look at which the test ended, from 0
   * @param z its statistic
   * @param alpha one minus the confidence level, in (0, 1)
   * @return interval of the drift
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public Interval adjustedInterval(int look, double z, double alpha) {
    Arguments.requireAlpha(alpha);
    return new Interval(driftAtPValue(look, z, alpha / 2), driftAtPValue(look, z, 1 - alpha / 2));
  }

  /**
   * Median-unbiased estimate of the drift after the test has ended: the stage-wise p-value is 1/2.
   *
   * @param look index of the look at which the test ended, from 0
   * @param z its statistic
   * @return the drift
   */
  public double medianUnbiasedDrift(int look, double z) {
    return driftAtPValue(look, z, 0.5);
  }

  private double driftAtPValue(int look, double z, double p) {
    requireLook(look);
    Arguments.requireFinite("z", z);
    double naive = z / Math.sqrt(fractions.get(look));
    double above = Crossing.beyond(d -> stagewisePValue(look, z, naive + d) - p, 1);
    double below = Crossing.beyond(d -> p - stagewisePValue(look, z, naive - d), 1);
    return Crossing.smooth(
        drift -> stagewisePValue(look, z, drift) - p, naive - below, naive + above);
  }

  private void requireLook(int look) {
    if (!(look >= 0 && look < bounds.size())) {
      throw new IllegalArgumentException(
          "look must be in [0, " + (bounds.size() - 1) + "], got " + look);
    }
  }

  private StageDensity after(StageDensity density, int look) {
    if (look + 1 == bounds.size()) {
      return density;
    }
    double bound = bounds.get(look);
    double lower = sides == Sides.TWO ? -bound : Double.NEGATIVE_INFINITY;
    return density.continued(fractions.get(look), lower, bound, fractions.get(look + 1));
  }

  private static GroupSequentialDesign shaped(
      int looks, double delta, double constant, Sides sides) {
    List<Double> fractions = new ArrayList<>();
    List<Double> bounds = new ArrayList<>();
    for (int k = 1; k <= looks; k++) {
      double fraction = (double) k / looks;
      fractions.add(fraction);
      bounds.add(constant * Math.pow(fraction, delta - 0.5));
    }
    return new GroupSequentialDesign(fractions, bounds, sides);
  }

  private static void requireFractions(List<Double> fractions) {
    double before = 0;
    for (double fraction : fractions) {
      if (!(fraction > before && fraction <= 1)) {
        throw new IllegalArgumentException("fractions must rise in (0, 1], got " + fractions);
      }
      before = fraction;
    }
    if (fractions.isEmpty()) {
      throw new IllegalArgumentException("fractions must not be empty");
    }
  }
}

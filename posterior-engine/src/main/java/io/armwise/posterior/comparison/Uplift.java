package io.armwise.posterior.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.posterior.special.StandardNormal;
import java.util.OptionalDouble;

/**
 * The distribution of the uplift of an arm over a control, absolute {@code arm - control} or
 * relative {@code arm / control - 1}, for independent posteriors of any families.
 *
 * <p>{@code P(uplift <= u) = E_control[P(arm <= t(control))]} with {@code t(x) = x + u} or {@code
 * t(x) = (1 + u) x}, where for a negative control the inequality of the ratio turns round. The
 * expectation is over the narrower of the two, the distribution function of the other comes from
 * its own panels; see docs/statistics/comparison.md.
 *
 * <p>Absolute error of a probability below 1e-10, estimated by {@link #probabilityError}; a
 * quantile is as exact as its probability. Nothing is computed before it is asked for. Cost in
 * docs/benchmarks.md. Not thread-safe.
 */
public final class Uplift {
  private static final int ORDER = GaussLegendre.ORDER;

  /** How the two arms are compared. */
  private enum Kind {
    ABSOLUTE,
    RELATIVE
  }

  private final Kind kind;
  private final Posterior arm;
  private final Posterior control;
  private final ArmPair pair;

  /** Work space: positions in the inner arm's coordinate. */
  private final double[] positions = new double[ORDER];

  private Uplift(Kind kind, ArmPair pair) {
    this.kind = kind;
    this.pair = pair;
    arm = pair.arm;
    control = pair.control;
  }

  static Uplift absolute(ArmPair pair) {
    return new Uplift(Kind.ABSOLUTE, pair);
  }

  static Uplift relative(ArmPair pair) {
    return new Uplift(Kind.RELATIVE, pair);
  }

  /**
   * Probability that the uplift is at most a value.
   *
   * @param uplift in the unit of the metric (absolute) or as a fraction (relative), not NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code uplift} is NaN
   */
  public double cdf(double uplift) {
    return probability(uplift, true).value();
  }

  /**
   * Probability that the uplift exceeds a value.
   *
   * @param uplift in the unit of the metric (absolute) or as a fraction (relative), not NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code uplift} is NaN
   */
  public double survival(double uplift) {
    return probability(uplift, false).value();
  }

  /**
   * Estimated bound on the absolute error of {@link #cdf} and {@link #survival} at a value. Costs
   * as much as they do.
   *
   * @param uplift in the unit of the metric (absolute) or as a fraction (relative), not NaN
   * @return {@code >= 0}
   * @throws IllegalArgumentException if {@code uplift} is NaN
   */
  public double probabilityError(double uplift) {
    return probability(uplift, true).error();
  }

  /**
   * The value below which the uplift lies with probability {@code p}.
   *
   * @param p in (0, 1); below 1e-9 or above {@code 1 - 1e-9} few digits are exact
   * @return in the unit of {@link #cdf}'s argument
   * @throws IllegalArgumentException unless {@code 0 < p < 1}
   */
  public double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("p must be in (0, 1), got " + p);
    }
    double lowest =
        kind == Kind.ABSOLUTE
            ? arm.supportLowerBound() - control.supportUpperBound()
            : isPositive() ? -1 : Double.NEGATIVE_INFINITY;
    double highest =
        kind == Kind.ABSOLUTE
            ? arm.supportUpperBound() - control.supportLowerBound()
            : Double.POSITIVE_INFINITY;
    return Math.clamp(search(p), lowest, highest);
  }

  private double search(double p) {
    double score = StandardNormal.quantile(p);
    NormalApproximation guess = new NormalApproximation(arm, control);
    if (kind == Kind.ABSOLUTE) {
      return MonotoneRoot.quantile(
          this::cdf,
          this::survival,
          p,
          guess.difference(score),
          guess.spreadOfDifference(),
          Double.NEGATIVE_INFINITY);
    }
    boolean positive = isPositive();
    double floor = positive ? -1 : Double.NEGATIVE_INFINITY;
    double ratio = guess.ratio(score);
    if (ratio > (positive ? 0 : Double.NEGATIVE_INFINITY)) {
      return MonotoneRoot.quantile(
          this::cdf, this::survival, p, ratio - 1, guess.spreadOfRatio(ratio), floor);
    }
    double controlSpread = control.quantile(0.8) - control.quantile(0.2);
    double size = Math.max(Math.abs(control.quantile(0.5)), 0.5 * controlSpread);
    double middle = arm.quantile(0.5) / size;
    double spread =
        Math.hypot(arm.quantile(0.8) - arm.quantile(0.2), controlSpread * middle) / size;
    return MonotoneRoot.quantile(this::cdf, this::survival, p, middle - 1, spread, floor);
  }

  /**
   * The interval that leaves equal probability on either side.
   *
   * @param level probability inside, in (0, 1)
   * @return {@code [quantile((1 - level)/2), quantile((1 + level)/2)]}
   * @throws IllegalArgumentException unless {@code 0 < level < 1}
   */
  public Interval interval(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be in (0, 1), got " + level);
    }
    return new Interval(quantile(0.5 * (1 - level)), quantile(0.5 * (1 + level)));
  }

  /**
   * Expected uplift, where it exists. The mean of a ratio does not exist when the control's density
   * does not vanish at zero: Normal and Student t controls, Beta with {@code alpha <= 1}, Gamma
   * with {@code shape <= 1}. Neither exists when the arm, or for a difference the control, is a
   * Student t with one degree of freedom or fewer.
   *
   * @return the mean, or empty when the integral does not converge
   */
  public OptionalDouble mean() {
    if (!hasMean(arm)) {
      return OptionalDouble.empty();
    }
    if (kind == Kind.ABSOLUTE) {
      return hasMean(control)
          ? OptionalDouble.of(arm.mean() - control.mean())
          : OptionalDouble.empty();
    }
    return switch (control) {
      case BetaPosterior(double a, double b) when a > 1 ->
          OptionalDouble.of(arm.mean() * (b / (a - 1) + 1) - 1);
      case GammaPosterior(double shape, double rate) when shape > 1 ->
          OptionalDouble.of(arm.mean() * rate / (shape - 1) - 1);
      case BetaPosterior beta -> OptionalDouble.empty();
      case GammaPosterior gamma -> OptionalDouble.empty();
      case NormalPosterior normal -> OptionalDouble.empty();
      case StudentTPosterior t -> OptionalDouble.empty();
    };
  }

  private boolean isPositive() {
    return arm.supportLowerBound() >= 0 && control.supportLowerBound() >= 0;
  }

  private static boolean hasMean(Posterior posterior) {
    return !(posterior instanceof StudentTPosterior t) || t.degreesOfFreedom() > 1;
  }

  private Probability probability(double uplift, boolean below) {
    if (Double.isNaN(uplift)) {
      throw new IllegalArgumentException("uplift must be a number, got NaN");
    }
    if (Double.isInfinite(uplift)) {
      return new Probability(below == uplift > 0 ? 1 : 0, 0);
    }
    double factor = kind == Kind.ABSOLUTE ? 1 : 1 + uplift;
    boolean overArm = pair.armTable().scale < Math.abs(factor) * pair.controlTable().scale;
    return overArm ? overArm(uplift, below) : overControl(uplift, below);
  }

  /** {@code E_control[P(arm <= t(control))]} or, for {@code below} false, the complement. */
  private Probability overControl(double uplift, boolean below) {
    TabulatedArm outer = pair.controlTable();
    TabulatedArm inner = pair.armTable();
    AffineMap map =
        kind == Kind.ABSOLUTE
            ? AffineMap.shift(outer, inner, uplift)
            : AffineMap.stretch(outer, inner, uplift);
    Expectation.Function conditional =
        (points, from, out) -> {
          map.positions(points, from, positions);
          if (below) {
            inner.cdf(positions, out);
          } else {
            inner.survival(positions, out);
          }
          if (kind == Kind.RELATIVE && outer.coordinate == Coordinate.LINEAR) {
            for (int i = 0; i < ORDER; i++) {
              out[i] = points.value[from + i] + outer.origin < 0 ? 1 - out[i] : out[i];
            }
          }
        };
    return expectation(pair.overControl(), conditional, outer, inner, map);
  }

  /** The same by the arm's values: what the control must be for the uplift to be so small. */
  private Probability overArm(double uplift, boolean below) {
    TabulatedArm outer = pair.armTable();
    TabulatedArm inner = pair.controlTable();
    if (kind == Kind.ABSOLUTE) {
      AffineMap map = AffineMap.shift(outer, inner, -uplift);
      Expectation.Function conditional =
          (points, from, out) -> {
            map.positions(points, from, positions);
            if (below) {
              inner.survival(positions, out);
            } else {
              inner.cdf(positions, out);
            }
          };
      return expectation(pair.overArm(), conditional, outer, inner, map);
    }
    AffineMap map = AffineMap.shrink(outer, inner, uplift);
    // The ratio exceeds m > 0, or falls short of m < 0, when the control lies between 0 and arm/m.
    boolean between = below == 1 + uplift < 0;
    double negative = inner.coordinate == Coordinate.LINEAR ? inner.cdf(-inner.origin) : 0;
    Expectation.Function conditional =
        (points, from, out) -> {
          map.positions(points, from, positions);
          if (negative == 0 && !between) {
            inner.survival(positions, out);
            return;
          }
          inner.cdf(positions, out);
          for (int i = 0; i < ORDER; i++) {
            double inside = Math.abs(out[i] - negative);
            out[i] = between ? inside : 1 - inside;
          }
        };
    return expectation(pair.overArm(), conditional, outer, inner, map);
  }

  private static Probability expectation(
      Expectation expectation,
      Expectation.Function conditional,
      TabulatedArm outer,
      TabulatedArm inner,
      AffineMap map) {
    // The conditional probability bends where an end of the inner arm's support is met, and for a
    // ratio where the outer arm changes sign.
    double zero = outer.coordinate == Coordinate.LINEAR ? -outer.origin : Double.NaN;
    double bendAtZero = inner.coordinate == Coordinate.LINEAR ? zero : map.positionOfZero();
    double bendAtOne = inner.coordinate == Coordinate.LOGIT ? map.positionOfOne() : zero;
    double value = expectation.of(conditional, bendAtZero, bendAtOne);
    return new Probability(Math.clamp(value, 0.0, 1.0), expectation.error() + inner.error());
  }

  /** A probability and the estimated bound on its error. */
  private record Probability(double value, double error) {}
}

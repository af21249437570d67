package io.armwise.posterior.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The distribution of the uplift of an arm over a control, absolute {@code arm - control} or
 * relative {@code arm / control - 1}, for independent posteriors of any families.
 *
 * <p>{@code P(uplift <= u) = E_control[P(arm <= t(control))]} with {@code t(x) = x + u} or {@code
 * t(x) = (1 + u) x}, where for a negative control the inequality of the ratio turns round. Absolute
 * error of a probability below 1e-10; a quantile is as exact as its probability. A probability
 * costs about 0.2 ms, a quantile about ten of them. Immutable; instances are not thread-safe
 * because they reuse memory.
 */
public final class Uplift {
  private static final double[] LEVELS = {1e-12, 1e-7, 1e-3, 0.15, 0.5};

  /** How the two arms are compared. */
  private enum Kind {
    ABSOLUTE,
    RELATIVE
  }

  private final Kind kind;
  private final Posterior arm;
  private final Posterior control;
  private final Expectation overControl;
  private final double[] landmarks;

  private Uplift(Kind kind, Posterior arm, Posterior control) {
    this.kind = kind;
    this.arm = arm;
    this.control = control;
    overControl = new Expectation(control);
    landmarks =
        DoubleStream.concat(
                Arrays.stream(LEVELS)
                    .flatMap(p -> DoubleStream.of(arm.quantile(p), arm.inverseSurvival(p))),
                DoubleStream.of(arm.supportLowerBound(), arm.supportUpperBound()))
            .filter(Double::isFinite)
            .toArray();
  }

  static Uplift absolute(Posterior arm, Posterior control) {
    return new Uplift(Kind.ABSOLUTE, arm, control);
  }

  static Uplift relative(Posterior arm, Posterior control) {
    return new Uplift(Kind.RELATIVE, arm, control);
  }

  /**
   * Probability that the uplift is at most a value.
   *
   * @param uplift in the unit of the metric (absolute) or as a fraction (relative), not NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code uplift} is NaN
   */
  public double cdf(double uplift) {
    return probability(uplift, true);
  }

  /**
   * Probability that the uplift exceeds a value.
   *
   * @param uplift in the unit of the metric (absolute) or as a fraction (relative), not NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code uplift} is NaN
   */
  public double survival(double uplift) {
    return probability(uplift, false);
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
    double armMedian = arm.quantile(0.5);
    double controlMedian = control.quantile(0.5);
    double armSpread = arm.quantile(0.8) - arm.quantile(0.2);
    double controlSpread = control.quantile(0.8) - control.quantile(0.2);
    if (kind == Kind.ABSOLUTE) {
      double start = armMedian - controlMedian;
      double scale = Math.hypot(armSpread, controlSpread);
      return MonotoneRoot.quantile(
          this::cdf, this::survival, p, start, scale, Double.NEGATIVE_INFINITY);
    }
    double size = Math.max(Math.abs(controlMedian), 0.5 * controlSpread);
    double start = armMedian / size - 1;
    double scale = Math.hypot(armSpread, controlSpread * (start + 1)) / size;
    boolean positive = arm.supportLowerBound() >= 0 && control.supportLowerBound() >= 0;
    double floor = positive ? -1 : Double.NEGATIVE_INFINITY;
    return MonotoneRoot.quantile(this::cdf, this::survival, p, start, scale, floor);
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

  private static boolean hasMean(Posterior posterior) {
    return !(posterior instanceof StudentTPosterior t) || t.degreesOfFreedom() > 1;
  }

  private double probability(double uplift, boolean below) {
    if (Double.isNaN(uplift)) {
      throw new IllegalArgumentException("uplift must be a number, got NaN");
    }
    if (Double.isInfinite(uplift)) {
      return below == uplift > 0 ? 1 : 0;
    }
    double sum = overControl.of(x -> conditional(x, uplift, below), cuts(uplift));
    return Math.clamp(sum, 0.0, 1.0);
  }

  /** Probability for a given control. */
  private double conditional(double x, double uplift, boolean below) {
    if (kind == Kind.ABSOLUTE) {
      return below ? arm.cdf(x + uplift) : arm.survival(x + uplift);
    }
    double threshold = x + uplift * x;
    return below == x >= 0 ? arm.cdf(threshold) : arm.survival(threshold);
  }

  /** Where the arm's landmarks lie on the control's axis. */
  private double[] cuts(double uplift) {
    if (kind == Kind.ABSOLUTE) {
      return Arrays.stream(landmarks).map(y -> y - uplift).toArray();
    }
    DoubleStream images =
        uplift == -1 ? DoubleStream.empty() : Arrays.stream(landmarks).map(y -> y / (1 + uplift));
    return DoubleStream.concat(images, DoubleStream.of(0)).toArray();
  }
}

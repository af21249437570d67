package io.armwise.posterior.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;

/**
 * Where a quantile of an uplift lies, roughly: {@code arm - m control - u} is nearly normal, with
 * the first term of Cornish and Fisher for its skewness; for a ratio this is Fieller's quadratic.
 */
final class NormalApproximation {
  private final Moments arm;
  private final Moments control;

  NormalApproximation(Posterior arm, Posterior control) {
    this.arm = Moments.of(arm);
    this.control = Moments.of(control);
  }

  /** Standard deviation of the difference, finite whatever the families. */
  double spreadOfDifference() {
    return Math.sqrt(arm.variance + control.variance);
  }

  /** Quantile of {@code arm - control} at a normal score. */
  double difference(double score) {
    double spread = spreadOfDifference();
    return arm.mean - control.mean + spread * (score + skewness(1) * (score * score - 1) / 6);
  }

  /** Quantile of {@code arm / control} at a normal score; NaN where the control may be zero. */
  double ratio(double score) {
    double rough = fieller(score);
    double skewness = Double.isNaN(rough) ? 0 : skewness(rough);
    return fieller(score + skewness * (score * score - 1) / 6);
  }

  /** Standard deviation of the ratio near a value of it. */
  double spreadOfRatio(double ratio) {
    return Math.sqrt(arm.variance + ratio * ratio * control.variance) / Math.abs(control.mean);
  }

  /** Skewness of {@code arm - m control}. */
  private double skewness(double m) {
    double variance = arm.variance + m * m * control.variance;
    double third = arm.third - m * m * m * control.third;
    return Math.clamp(third / (variance * Math.sqrt(variance)), -1.0, 1.0);
  }

  /** The m with {@code (m mean_c - mean_a)/sqrt(var_a + m^2 var_c) = score}. */
  private double fieller(double score) {
    double square = score * score;
    double a = control.mean * control.mean - square * control.variance;
    if (!(a > 0 && control.mean > 0)) {
      return Double.NaN;
    }
    double b = arm.mean * control.mean;
    double c = arm.mean * arm.mean - square * arm.variance;
    double root = Math.sqrt(Math.max(0, b * b - a * c));
    return score < 0 ? (b - root) / a : (b + root) / a;
  }

  /** Mean, variance and third central moment; of heavy tails, those of their core. */
  private record Moments(double mean, double variance, double third) {
    static Moments of(Posterior arm) {
      double variance = arm.variance();
      return switch (arm) {
        case BetaPosterior(double a, double b) ->
            new Moments(arm.mean(), variance, 2 * variance * ((b - a) / (a + b)) / (a + b + 2));
        case GammaPosterior(double shape, double rate) ->
            new Moments(arm.mean(), variance, 2 * variance / rate);
        case NormalPosterior normal -> new Moments(normal.mean(), variance, 0);
        case StudentTPosterior t ->
            new Moments(t.location(), Math.min(variance, 1.5 * t.scale() * t.scale()), 0);
      };
    }
  }
}

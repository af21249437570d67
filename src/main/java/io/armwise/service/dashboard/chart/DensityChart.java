package io.armwise.service.dashboard.chart;

import io.armwise.posterior.Posterior;
import java.util.ArrayList;
import java.util.List;

/**
 * What is believed about each arm's mean: the posterior densities over a common axis, scaled to the
 * highest of them.
 *
 * @param curves one per arm
 * @param ticks of the metric
 * @param scale how values of the metric are read back, from the left to the right
 */
public record DensityChart(List<Curve> curves, List<Tick> ticks, Scale scale) {
  /** Enough that a curve of any width looks smooth at any width of the page. */
  private static final int POINTS = 240;

  /** Beyond this much probability at either end nothing can be seen. */
  private static final double TAIL = 5e-4;

  /** A curve touches the top of the plot but for this. */
  private static final double HEADROOM = 0.06;

  /** Keeps the lists. */
  public DensityChart {
    curves = List.copyOf(curves);
    ticks = List.copyOf(ticks);
  }

  /**
   * An arm's curve.
   *
   * @param arm slot
   * @param line SVG path of the density
   * @param area the same, closed at the base
   * @param mean SVG percentage of the mean
   */
  public record Curve(int arm, String line, String area, String mean) {}

  /**
   * An arm to draw.
   *
   * @param slot of the arm
   * @param posterior of its mean
   */
  public record Subject(int slot, Posterior posterior) {}

  /**
   * Draws the densities.
   *
   * @param subjects at least one
   * @param label of a value of the metric
   */
  public static DensityChart of(List<Subject> subjects, TickLabel label) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Subject subject : subjects) {
      low = Math.min(low, subject.posterior().quantile(TAIL));
      high = Math.max(high, subject.posterior().inverseSurvival(TAIL));
    }
    Axis axis = Axis.holding(low, high, 0);
    List<double[]> heights = new ArrayList<>();
    double highest = 0;
    for (Subject subject : subjects) {
      double[] density = new double[POINTS + 1];
      // Cells' means, not points: finite also where the density has a pole.
      double below = subject.posterior().cdf(value(axis, -0.5));
      for (int i = 0; i <= POINTS; i++) {
        double upTo = subject.posterior().cdf(value(axis, i + 0.5));
        density[i] = Math.max(0, upTo - below);
        highest = Math.max(highest, density[i]);
        below = upTo;
      }
      heights.add(density);
    }
    Axis upward = new Axis(0, highest > 0 ? highest * (1 + HEADROOM) : 1);
    List<Curve> curves = new ArrayList<>();
    for (int s = 0; s < subjects.size(); s++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i <= POINTS; i++) {
        line.append(i == 0 ? 'M' : 'L')
            .append(axis.along(value(axis, i)))
            .append(' ')
            .append(upward.up(heights.get(s)[i]));
      }
      curves.add(
          new Curve(
              subjects.get(s).slot(),
              line.toString(),
              line + "L1000 1000L0 1000Z",
              axis.percent(subjects.get(s).posterior().mean())));
    }
    return new DensityChart(
        curves,
        axis.ticks(6).stream()
            .map(tick -> Tick.along(axis.fraction(tick), label.of(axis.step(6), tick)))
            .toList(),
        Scale.of(axis, 1, ""));
  }

  /** The same, whose values are read in another unit. */
  public DensityChart readIn(double factor, String unit) {
    return new DensityChart(curves, ticks, scale.in(factor, unit));
  }

  private static double value(Axis axis, double i) {
    return axis.from() + (axis.to() - axis.from()) * i / POINTS;
  }
}

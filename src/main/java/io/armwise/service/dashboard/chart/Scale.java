package io.armwise.service.dashboard.chart;

/**
 * What a script needs to read a length of 1000 back into values.
 *
 * @param from value at the start
 * @param to value at the end
 * @param factor by which a value is multiplied before it is shown
 * @param decimals that can be seen in the plot
 * @param unit that follows
 */
public record Scale(double from, double to, double factor, int decimals, String unit) {
  /** Fractions of a plot that can be told apart. */
  private static final double VISIBLE = 0.1;

  private static final int MOST_DECIMALS = 8;

  /** Reads values of an axis. */
  static Scale of(Axis axis, double factor, String unit) {
    double visible = VISIBLE * factor * (axis.to() - axis.from());
    return new Scale(
        axis.from(),
        axis.to(),
        factor,
        Math.clamp(1 - (long) Math.floor(Math.log10(visible)), 0, MOST_DECIMALS),
        unit);
  }

  /** The same in another unit. */
  Scale in(double another, String suffix) {
    return of(new Axis(from, to), another, suffix);
  }
}

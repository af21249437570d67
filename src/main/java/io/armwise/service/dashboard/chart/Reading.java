package io.armwise.service.dashboard.chart;

/**
 * What a script needs to read a plot of 1000 by 1000 back into values where somebody points.
 *
 * @param scale of values, from the bottom to the top
 * @param since milliseconds since 1970 at the start
 * @param until milliseconds since 1970 at the end
 */
public record Reading(Scale scale, long since, long until) {
  /** Reads values on these axes. */
  static Reading of(TimeAxis time, Axis value, double factor, String unit) {
    return new Reading(
        Scale.of(value, factor, unit), time.from().toEpochMilli(), time.to().toEpochMilli());
  }

  /** The same in another unit. */
  Reading in(double another, String suffix) {
    return new Reading(scale.in(another, suffix), since, until);
  }
}

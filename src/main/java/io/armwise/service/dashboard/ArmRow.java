package io.armwise.service.dashboard;

import io.armwise.service.dashboard.chart.IntervalBar;
import org.jspecify.annotations.Nullable;

/**
 * An arm as a row, all in words.
 *
 * @param slot of the arm
 * @param colour the class that gives the arm its colour
 * @param leader whether it is ahead
 * @param progress SVG percentage of the units that figures need
 * @param needed for example {@code collecting: 120 of 400 units}
 * @param share of the traffic now
 * @param shareWidth the same as an SVG percentage
 * @param figures absent while there is too little evidence
 */
public record ArmRow(
    int slot,
    String colour,
    String key,
    String name,
    boolean control,
    boolean retired,
    boolean leader,
    String units,
    String responders,
    String pending,
    String progress,
    String needed,
    String share,
    String shareWidth,
    @Nullable Figures figures) {

  /** The class that gives a slot its colour. */
  public static String colour(int slot) {
    return "arm-" + slot % DrawnArms.COLOURS;
  }

  /**
   * What is known of the arm.
   *
   * @param anytimeInterval that holds at every look; absent where there is none
   * @param uplift over the control; absent for the control
   * @param relative the same relative to the control; absent where it has no meaning
   * @param bestWidth SVG percentage of P(best)
   */
  public record Figures(
      String mean,
      String interval,
      @Nullable String anytimeInterval,
      IntervalBar bar,
      @Nullable String uplift,
      @Nullable String upliftInterval,
      @Nullable String relative,
      String best,
      String bestWidth,
      @Nullable String beatsControl,
      String loss,
      String lossPerThousand) {}
}

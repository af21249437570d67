package io.armwise.service.dashboard.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the traffic was divided over time: a band per arm, stacked from the first arm at the top. An
 * allocation holds until the next, so bands change in steps.
 *
 * @param bands one per arm that ever had traffic; the last may be of several
 * @param times ticks of time
 * @param reading how shares are read back, from the heights of the bands
 */
public record ShareChart(List<Band> bands, List<Tick> times, Reading reading) {
  /** The slot of all arms that are not drawn by themselves. */
  public static final int REST = -1;

  /** Keeps the lists. */
  public ShareChart {
    bands = List.copyOf(bands);
    times = List.copyOf(times);
  }

  /**
   * An arm's band.
   *
   * @param arm slot, {@link #REST} of all that are not drawn by themselves
   * @param path closed SVG path
   */
  public record Band(int arm, String path) {}

  /**
   * A division of the traffic.
   *
   * @param since when it came into force
   * @param shares per arm in [0, 1]; arms that came later may be missing
   */
  public record Division(Instant since, double[] shares) {
    double share(int arm) {
      return arm < shares.length ? shares[arm] : 0;
    }
  }

  /**
   * Draws the bands.
   *
   * @param time axis of time
   * @param divisions oldest first
   * @param arms slots with a band of their own; all others share the last
   */
  public static ShareChart of(TimeAxis time, List<Division> divisions, List<Integer> arms) {
    List<Band> bands = new ArrayList<>();
    double[] above = new double[divisions.size()];
    for (int arm : arms) {
      double[] below = above.clone();
      for (int i = 0; i < divisions.size(); i++) {
        below[i] += divisions.get(i).share(arm);
      }
      addBand(bands, arm, time, divisions, above, below);
      above = below;
    }
    double[] below = above.clone();
    for (int i = 0; i < divisions.size(); i++) {
      for (int arm = 0; arm < divisions.get(i).shares().length; arm++) {
        below[i] += arms.contains(arm) ? 0 : divisions.get(i).share(arm);
      }
    }
    addBand(bands, REST, time, divisions, above, below);
    return new ShareChart(bands, time.ticks(), Reading.of(time, new Axis(0, 1), 100, "\u00a0%"));
  }

  private static void addBand(
      List<Band> bands,
      int arm,
      TimeAxis time,
      List<Division> divisions,
      double[] above,
      double[] below) {
    if (!Arrays.equals(above, below)) {
      bands.add(new Band(arm, band(time, new Axis(0, 1), divisions, above, below)));
    }
  }

  private static String band(
      TimeAxis time, Axis whole, List<Division> divisions, double[] above, double[] below) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < divisions.size(); i++) {
      path.append(i == 0 ? 'M' : 'L').append(step(time, divisions, i, whole.along(above[i]), true));
    }
    for (int i = divisions.size() - 1; i >= 0; i--) {
      path.append('L').append(step(time, divisions, i, whole.along(below[i]), false));
    }
    return path.append('Z').toString();
  }

  private static String step(
      TimeAxis time, List<Division> divisions, int i, String y, boolean forward) {
    String start = time.along(divisions.get(i).since());
    String end = time.along(i + 1 < divisions.size() ? divisions.get(i + 1).since() : time.to());
    return forward ? start + " " + y + "L" + end + " " + y : end + " " + y + "L" + start + " " + y;
  }
}

package io.armwise.simulations.world;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.simulations.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * A world with known truth. Larger values are better; where lower is better, simulate the negated
 * metric. Its text, {@link Object#toString()}, is canonical: equal worlds have equal texts.
 *
 * @param law how values are distributed around their arm's mean
 * @param means the arms' means on the first day; the first arm is the control
 * @param drift how they change
 * @param delay when outcomes become evidence
 * @param losses what goes wrong on the way
 * @param lifetimes when which arms are in
 * @param visitors whom decisions are made for
 */
public record World(
    OutcomeLaw law,
    Means means,
    Drift drift,
    Delay delay,
    Losses losses,
    Lifetimes lifetimes,
    Visitors visitors) {

  /** All arms for all days, and every decision for a new unit. */
  public World(OutcomeLaw law, Means means, Drift drift, Delay delay, Losses losses) {
    this(law, means, drift, delay, losses, Lifetimes.ALL, new Visitors.Once());
  }

  /** Guards the combination. */
  public World {
    if (means instanceof Means.Fixed fixed
        && !fixed.values().stream().allMatch(mean -> law.isMean(mean))) {
      throw new IllegalArgumentException("means must fit " + law + ", got " + fixed.values());
    }
    if (!(means instanceof Means.Fixed)
        && !(means instanceof Means.FromNormal && law instanceof Gaussian)
        && !(law instanceof Bernoulli && !(means instanceof Means.FromNormal))) {
      throw new IllegalArgumentException(
          "means drawn as " + means + " must fit their outcomes, got " + law);
    }
    switch (drift) {
      case Drift.AbruptChange change -> requireFit(law, means.arms(), change.means());
      case Drift.Segments segments ->
          segments.means().forEach(later -> requireFit(law, means.arms(), later));
      case Drift.Replacement replacement -> {
        if (law.kind() != MetricKind.BINARY) {
          throw new IllegalArgumentException("replaced arms must have binary outcomes, got " + law);
        }
      }
      default -> {}
    }
    if (!(delay instanceof Delay.None) && law.kind() != MetricKind.BINARY) {
      throw new IllegalArgumentException("delayed outcomes must be binary, got " + law);
    }
    lifetimes.require(means.arms());
    if (visitors instanceof Visitors.Logged(LogRows rows)) {
      boolean plain =
          drift instanceof Drift.None
              && delay instanceof Delay.None
              && losses.equals(Losses.NONE)
              && lifetimes.equals(Lifetimes.ALL);
      if (!plain) {
        throw new IllegalArgumentException(
            "a log is replayed as it is, without drift, delay, losses and lifetimes");
      }
      double[] rates = rows.rates(means.arms());
      if (!(means instanceof Means.Fixed(List<Double> values)
          && Arrays.equals(rates, values.stream().mapToDouble(Double::doubleValue).toArray()))) {
        throw new IllegalArgumentException("means of a replayed log must be those of its rows");
      }
    }
  }

  private static void requireFit(OutcomeLaw law, int arms, List<Double> later) {
    if (!(later.size() == arms && later.stream().allMatch(mean -> law.isMean(mean)))) {
      throw new IllegalArgumentException(
          "a change must have one mean per arm that fits " + law + ", got " + later);
    }
  }

  /** The world of a log that is replayed row by row. */
  public static World replayed(LogRows rows, int arms) {
    return new World(
        new Bernoulli(),
        new Means.Fixed(Arrays.stream(rows.rates(arms)).boxed().toList()),
        new Drift.None(),
        new Delay.None(),
        Losses.NONE,
        Lifetimes.ALL,
        new Visitors.Logged(rows));
  }

  /** A world where nothing drifts, waits or gets lost. */
  public static World still(OutcomeLaw law, Means means) {
    return new World(law, means, new Drift.None(), new Delay.None(), Losses.NONE);
  }

  /** Number of arms. */
  public int arms() {
    return means.arms();
  }

  /**
   * The truth of one replication.
   *
   * @param days {@code >= 1}
   * @param random the replication's own stream
   * @throws IllegalArgumentException if a drift drives a mean out of its range
   */
  public Truth realise(int days, RandomStream random) {
    double[][] path = drift.path(means.draw(random), days, law, random);
    for (double[] day : path) {
      for (double mean : day) {
        if (!law.isMean(mean)) {
          throw new IllegalArgumentException(
              drift + " must keep means possible for " + law + ", got " + mean);
        }
      }
    }
    return new Truth(path, lifetimes, drift instanceof Drift.Replacement);
  }

  /** What names the random numbers of a world: what is as usual is not mentioned. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("World[law=").append(law).append(", means=");
    text.append(means).append(", drift=").append(drift).append(", delay=").append(delay);
    text.append(", losses=").append(losses);
    if (!lifetimes.equals(Lifetimes.ALL)) {
      text.append(", lifetimes=").append(lifetimes);
    }
    if (!(visitors instanceof Visitors.Once)) {
      text.append(", visitors=").append(visitors);
    }
    return text.append(']').toString();
  }

  /** What reaches the evidence of so many units of an arm with this mean, delays aside. */
  public Batch draw(double mean, long units, RandomStream random) {
    return losses.draw(law, mean, units, random);
  }
}

package io.armwise.bandits.allocation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A policy under constraints: from belief to integer shares. Steps, in this order:
 *
 * <ol>
 *   <li><b>Retired</b> arms leave; everything below is about live arms.
 *   <li><b>Policy</b>: weights w of the live arms, or equal weights while some live arm is in its
 *       <b>burn-in</b>.
 *   <li><b>Pinned</b> arms take their shares c; the weights of the other (free) arms are rescaled
 *       to sum to 1 (equal if all are 0).
 *   <li><b>Floor</b>: each of the m free arms gets {@code f + (1 − Σc − m·f)·w}, which keeps their
 *       order, as clipping does not.
 *   <li><b>Step</b>: if that is further than the maximum step from where the arms stood, go only so
 *       far along the straight line. Where they stood is the previous allocation made feasible
 *       first: retiring, pinning and raising to the floor happen at once, whatever the step.
 *   <li><b>Rounding</b> by largest remainder to shares that sum to exactly 2^32. Pins are the same
 *       integer in every version, and floors are met exactly: {@code ⌊f·2^32⌋}.
 * </ol>
 *
 * <p>If only pinned arms are live, they divide everything in proportion to their pins.
 *
 * @param policy what is wanted
 * @param constraints what is demanded
 */
public record AllocationRule(AllocationPolicy policy, AllocationConstraints constraints) {

  /**
   * The first allocation of an experiment.
   *
   * @param ranks the belief about the arms, computed among the live ones: P(best) of a retired arm
   *     is 0
   * @param arms the arms' states in the same order, at least one of them live
   * @throws IllegalArgumentException if sizes differ, no arm is live, a retired arm has
   *     probability, or the constraints cannot be met by the live arms
   */
  public Allocation first(RankProbabilities ranks, List<ArmState> arms) {
    return allocate(ranks, arms, null);
  }

  /**
   * The allocation that follows another.
   *
   * @param ranks as for {@link #first}
   * @param arms as for {@link #first}
   * @param previous the allocation in force; arms added since then have share 0 in it
   * @throws IllegalArgumentException as for {@link #first}
   */
  public Allocation next(RankProbabilities ranks, List<ArmState> arms, Shares previous) {
    return allocate(ranks, arms, previous);
  }

  private Allocation allocate(
      RankProbabilities ranks, List<ArmState> arms, @Nullable Shares previous) {
    requireFitting(ranks, arms, previous);
    int[] live = IntStream.range(0, arms.size()).filter(arm -> arms.get(arm).live()).toArray();
    List<PinnedShare> pins =
        constraints.pinned().stream().filter(pin -> arms.get(pin.arm()).live()).toList();
    int[] free =
        Arrays.stream(live)
            .filter(arm -> pins.stream().noneMatch(pin -> pin.arm() == arm))
            .toArray();
    Set<Adjustment> adjustments = EnumSet.noneOf(Adjustment.class);
    note(adjustments, Adjustment.RETIRED, live.length < arms.size());
    note(adjustments, Adjustment.PINNED, !pins.isEmpty());
    long[] shares = new long[arms.size()];
    if (free.length == 0) {
      dividePinned(pins, shares);
      return new Allocation(Shares.of(shares), adjustments);
    }

    Demand demand = Demand.of(constraints, pins, free.length);
    boolean burningIn =
        Arrays.stream(live).anyMatch(arm -> arms.get(arm).units() < constraints.burnInUnits());
    note(adjustments, Adjustment.FLOOR, demand.floor() > 0);
    note(adjustments, Adjustment.BURN_IN, burningIn);
    double[] target = burningIn ? equal(free.length) : wanted(ranks, live, free);
    double[] weights =
        previous == null
            ? target
            : limitStep(standing(previous, free, demand), target, demand, adjustments);
    long[] parts = Apportionment.largestRemainder(weights, demand.rest());
    for (int i = 0; i < free.length; i++) {
      shares[free[i]] = demand.floor() + parts[i];
    }
    for (int i = 0; i < pins.size(); i++) {
      shares[pins.get(i).arm()] = demand.pinned().get(i);
    }
    return new Allocation(Shares.of(shares), adjustments);
  }

  private void requireFitting(
      RankProbabilities ranks, List<ArmState> arms, @Nullable Shares previous) {
    if (ranks.arms() != arms.size()) {
      throw new IllegalArgumentException(
          "belief must have one probability per arm, got "
              + ranks.arms()
              + " for "
              + arms.size()
              + " arms");
    }
    if (previous != null && previous.arms() > arms.size()) {
      throw new IllegalArgumentException(
          "an arm can be retired but not removed, got "
              + arms.size()
              + " arms after "
              + previous.arms());
    }
    if (arms.stream().noneMatch(ArmState::live)) {
      throw new IllegalArgumentException("an allocation needs a live arm, got " + arms);
    }
    constraints.requirePinsAmong(arms.size());
  }

  private static void note(Set<Adjustment> adjustments, Adjustment adjustment, boolean applies) {
    if (applies) {
      adjustments.add(adjustment);
    }
  }

  private static void dividePinned(List<PinnedShare> pins, long[] shares) {
    double[] weights = pins.stream().mapToDouble(PinnedShare::share).toArray();
    long[] parts = Apportionment.largestRemainder(weights, Shares.TOTAL);
    for (int i = 0; i < parts.length; i++) {
      shares[pins.get(i).arm()] = parts[i];
    }
  }

  /** The policy's weights of the free arms, summing to 1. */
  private double[] wanted(RankProbabilities ranks, int[] live, int[] free) {
    double[] weights = policy.restrictedTo(live).weights(ranks.restrictedTo(live));
    double[] ofArm = new double[ranks.arms()];
    for (int i = 0; i < live.length; i++) {
      ofArm[live[i]] = weights[i];
    }
    return normalized(Arrays.stream(free).mapToDouble(arm -> ofArm[arm]).toArray());
  }

  /** What the previous allocation gave the free arms above the floor, summing to 1. */
  private static double[] standing(Shares previous, int[] free, Demand demand) {
    return normalized(
        Arrays.stream(free)
            .mapToLong(arm -> arm < previous.arms() ? previous.share(arm) : 0)
            .mapToDouble(share -> Math.max(share - demand.floor(), 0))
            .toArray());
  }

  private double[] limitStep(
      double[] from, double[] to, Demand demand, Set<Adjustment> adjustments) {
    double variation = 0;
    for (int i = 0; i < from.length; i++) {
      variation += Math.abs(to[i] - from[i]) / 2;
    }
    // The weights divide only the rest, so that is how far the shares would move.
    double step = variation * demand.rest() / Shares.TOTAL;
    if (step <= constraints.maximumStep()) {
      return to;
    }
    adjustments.add(Adjustment.STEP);
    double fraction = constraints.maximumStep() / step;
    double[] limited = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      limited[i] = from[i] + fraction * (to[i] - from[i]);
    }
    return limited;
  }

  private static double[] normalized(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return sum > 0
        ? Arrays.stream(weights).map(weight -> weight / sum).toArray()
        : equal(weights.length);
  }

  private static double[] equal(int arms) {
    double[] weights = new double[arms];
    Arrays.fill(weights, 1.0 / arms);
    return weights;
  }
}

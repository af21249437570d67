package io.armwise.bandits.decision;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Participation;
import java.util.List;

/**
 * All that decisions in one experiment depend on, as plain values: what a node compiles into a
 * {@link Plan}, sends to clients and keeps on disk.
 *
 * @param id the experiment's number in tokens, ≥ 0
 * @param key the experiment's key, from which its salts follow
 * @param status where it is in its life
 * @param armKeys the arms' keys in slot order
 * @param control index of the control arm
 * @param best index of the arm that is best as far as is known
 * @param slots the experiment's slots
 * @param trafficShare fraction of units that take part, in [0, 1]
 * @param participation who takes part
 * @param holdouts the holdouts that keep units out of this experiment
 * @param version the allocation version in force
 * @param shares the shares of that version; an arm added since then has none yet
 */
public record ExperimentState(
    int id,
    String key,
    ExperimentStatus status,
    List<String> armKeys,
    int control,
    int best,
    Slots slots,
    double trafficShare,
    Participation participation,
    List<HoldoutRange> holdouts,
    long version,
    Shares shares) {

  /** Guards the indices. */
  public ExperimentState {
    armKeys = List.copyOf(armKeys);
    holdouts = List.copyOf(holdouts);
    int arms = armKeys.size();
    if (!(shares.arms() <= arms)) {
      throw new IllegalArgumentException(
          "shares must be at most the number of arms " + arms + ", got " + shares.arms());
    }
    if (!(control >= 0 && control < arms && best >= 0 && best < arms)) {
      throw new IllegalArgumentException(
          "control and best must be in [0, " + arms + "), got " + control + " and " + best);
    }
  }

  /**
   * A range of units that are kept out.
   *
   * @param key the holdout's key, from which its salt follows
   * @param range the buckets that are held out
   */
  public record HoldoutRange(String key, BucketRange range) {}
}

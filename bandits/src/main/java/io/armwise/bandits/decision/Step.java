package io.armwise.bandits.decision;

import io.armwise.bandits.assignment.ArmChoice.Draw;
import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.token.DecisionToken;

/** One stage of a decision with all that it looked at, in the order in which they were passed. */
public sealed interface Step {

  /**
   * Does the experiment decide at all?
   *
   * @param status the experiment's status
   * @param killed whether it is killed
   */
  record Lifecycle(ExperimentStatus status, boolean killed) implements Step {}

  /**
   * Is the unit on a list?
   *
   * @param listed whether it is on a list for one of the arms that may be given
   * @param arm that arm's index, −1 if it is on none
   */
  record Listed(boolean listed, int arm) implements Step {}

  /**
   * Is the unit held out?
   *
   * @param holdout the holdout's key
   * @param salt its salt
   * @param value the unit's value 0 under the salt
   * @param bucket the bucket that follows from it
   * @param range the buckets that are held out
   * @param withheld whether the bucket is among them
   */
  record HeldOut(
      String holdout, Salt salt, long value, int bucket, BucketRange range, boolean withheld)
      implements Step {}

  /**
   * Is the unit in the experiment's range of its layer?
   *
   * @param layer the layer's key
   * @param salt its salt
   * @param value the unit's value 0 under the salt
   * @param bucket the bucket that follows from it
   * @param range the experiment's buckets
   * @param inside whether the bucket is among them
   */
  record InLayer(String layer, Salt salt, long value, int bucket, BucketRange range, boolean inside)
      implements Step {}

  /**
   * Does the condition hold?
   *
   * @param expression the condition
   * @param match what it says
   * @param failure why it has no value; empty if it has one
   */
  record Targeted(String expression, Targeting.Match match, String failure) implements Step {}

  /**
   * What does another experiment give the unit?
   *
   * @param experiment the other experiment's key
   * @param excluded whether its units are kept out, rather than let in
   * @param inside whether the unit is in it, with an arm that counts
   */
  record Other(String experiment, boolean excluded, boolean inside) implements Step {}

  /**
   * Is the unit in the share of traffic?
   *
   * @param salt the experiment's salt of this stage
   * @param value the unit's value 0 under the salt
   * @param share the share of units that enter, in units of 2^−32
   * @param admitted whether the value's highest 32 bits are below the share
   */
  record Traffic(Salt salt, long value, long share, boolean admitted) implements Step {}

  /**
   * Is the unit one from which nothing is to be learned?
   *
   * @param asked whether the caller said so
   * @param match what the experiment's own condition says; {@code NO} if it has none
   * @param best the arm that is best as far as is known
   */
  record Exploited(boolean asked, Targeting.Match match, int best) implements Step {}

  /**
   * Does the unit keep the arm of its last decision?
   *
   * @param last the decision that it handed back
   * @param kept whether that arm stands
   * @param why what speaks against it; empty if it stands
   */
  record Kept(DecisionToken last, boolean kept, String why) implements Step {}

  /**
   * Which arm is drawn?
   *
   * @param draw the numbers of the draw
   * @param share the arm's share, in units of 2^−32
   */
  record Drawn(Draw draw, long share) implements Step {}
}

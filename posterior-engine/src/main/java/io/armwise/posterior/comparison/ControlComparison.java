package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One arm against the control: the probability to beat it, what either choice risks, and the
 * distribution of the uplift.
 *
 * <p>The uplift is always {@code arm - control} or {@code arm / control - 1} in the metric's own
 * sense; a gain is an uplift in the direction that is better. Nothing is computed before it is
 * asked for. Not thread-safe.
 */
public final class ControlComparison {
  private final Direction direction;
  private final ArmPair arms;
  private final Uplift absolute;
  private final Uplift relative;
  private @Nullable BestArmAnalysis analysis;

  private ControlComparison(Posterior arm, Posterior control, Direction direction) {
    this.direction = direction;
    arms = new ArmPair(arm, control);
    absolute = Uplift.absolute(arms);
    relative = Uplift.relative(arms);
  }

  /**
   * Compares an arm with the control.
   *
   * @param arm the arm's posterior
   * @param control the control's posterior, independent of the arm's, of any family
   * @param direction which values are better
   * @return the comparison
   */
  public static ControlComparison of(Posterior arm, Posterior control, Direction direction) {
    return new ControlComparison(arm, control, direction);
  }

  /**
   * Probability that the arm is better than the control.
   *
   * @return in [0, 1], absolute error {@link #probabilityError}
   */
  public double probabilityToBeatControl() {
    return pair().probabilityToBeBest(0);
  }

  /**
   * Expected loss of choosing the arm: {@code E[(control - arm)+]} when larger is better.
   *
   * @return in the unit of the metric, {@code >= 0}, {@code +Infinity} where it does not converge
   */
  public double expectedLossOfArm() {
    return pair().expectedLoss(0);
  }

  /**
   * Expected loss of staying with the control: {@code E[(arm - control)+]} when larger is better.
   *
   * @return in the unit of the metric, {@code >= 0}, {@code +Infinity} where it does not converge
   */
  public double expectedLossOfControl() {
    return pair().expectedLoss(1);
  }

  /**
   * Estimated bound on the error of {@link #probabilityToBeatControl}.
   *
   * @return {@code >= 0}
   */
  public double probabilityError() {
    return pair().probabilityError();
  }

  /**
   * Estimated bound on the error of the two expected losses.
   *
   * @return in the unit of the metric, {@code >= 0}
   */
  public double lossError() {
    return pair().lossError();
  }

  /**
   * The uplift {@code arm - control}.
   *
   * @return its distribution, in the unit of the metric
   */
  public Uplift absoluteUplift() {
    return absolute;
  }

  /**
   * The uplift {@code arm / control - 1}.
   *
   * @return its distribution, as a fraction
   */
  public Uplift relativeUplift() {
    return relative;
  }

  /**
   * Probability that the arm is better than the control by more than the smallest effect that
   * matters.
   *
   * @param smallestEffect in the unit of the metric, {@code >= 0}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless {@code smallestEffect >= 0}
   */
  public double probabilityOfGainAbove(double smallestEffect) {
    requireNonNegative("smallestEffect", smallestEffect);
    return gainAbove(absolute, smallestEffect);
  }

  /**
   * Probability that the arm is better than the control by more than a fraction of the control.
   *
   * @param smallestEffect fraction of the control, {@code >= 0}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless {@code smallestEffect >= 0}
   */
  public double probabilityOfRelativeGainAbove(double smallestEffect) {
    requireNonNegative("smallestEffect", smallestEffect);
    return gainAbove(relative, smallestEffect);
  }

  /**
   * Probability that the difference is of no practical importance, {@code P(|arm - control| <=
   * margin)}.
   *
   * @param margin half the width of the region of practical equivalence, in the unit of the metric,
   *     {@code >= 0}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless {@code margin >= 0}
   */
  public double probabilityOfPracticalEquivalence(double margin) {
    requireNonNegative("margin", margin);
    return within(absolute, margin);
  }

  /**
   * Probability that the relative difference is of no practical importance, {@code P(|arm/control -
   * 1| <= margin)}.
   *
   * @param margin half the width of the region, fraction of the control, {@code >= 0}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless {@code margin >= 0}
   */
  public double probabilityOfRelativePracticalEquivalence(double margin) {
    requireNonNegative("margin", margin);
    return within(relative, margin);
  }

  private BestArmAnalysis pair() {
    if (analysis == null) {
      analysis = BestArmAnalysis.of(List.of(arms.arm, arms.control), direction);
    }
    return analysis;
  }

  private double gainAbove(Uplift uplift, double effect) {
    return direction == Direction.INCREASE ? uplift.survival(effect) : uplift.cdf(-effect);
  }

  /** From whichever side loses fewer digits. */
  private static double within(Uplift uplift, double margin) {
    double below = uplift.cdf(-margin);
    double probability =
        below < 0.5
            ? uplift.cdf(margin) - below
            : uplift.survival(-margin) - uplift.survival(margin);
    return Math.clamp(probability, 0.0, 1.0);
  }

  private static void requireNonNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must be >= 0, got " + value);
    }
  }
}

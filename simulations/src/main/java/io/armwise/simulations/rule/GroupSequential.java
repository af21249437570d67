package io.armwise.simulations.rule;

import io.armwise.posterior.sequential.GroupSequentialDesign;
import io.armwise.posterior.sequential.Sides;
import java.util.List;
import java.util.Optional;

/**
 * A few planned looks, equally spaced, with O'Brien–Fleming or Pocock boundaries at {@code alpha}
 * divided by the number of pairs of arms. Its error probability is proven for a fixed split only.
 *
 * @param alpha probability of any false claim, in (0, 1)
 * @param looks {@code >= 1}, at most one a day
 * @param shape of the boundary
 */
public record GroupSequential(double alpha, int looks, Shape shape) implements StoppingRule {
  /** How the error is spent. */
  public enum Shape {
    /** Hardly any early on. */
    OBRIEN_FLEMING(0),
    /** Alike at every look. */
    POCOCK(0.5);

    private final double delta;

    Shape(double delta) {
      this.delta = delta;
    }
  }

  /** Guards both numbers. */
  public GroupSequential {
    Guard.probability("alpha", alpha);
    if (!(looks >= 1)) {
      throw new IllegalArgumentException("looks must be >= 1, got " + looks);
    }
  }

  @Override
  public Check prepare(Plan plan) {
    if (!(looks <= plan.days())) {
      throw new IllegalArgumentException(
          "looks must be at most one a day, got " + looks + " in " + plan.days() + " days");
    }
    List<Double> bounds =
        GroupSequentialDesign.wangTsiatis(
                looks, shape.delta, alpha / Comparisons.pairs(plan.arms()), Sides.TWO)
            .bounds();
    return look -> {
      for (int k = 1; k <= looks; k++) {
        if (look.day() == (int) Math.ceil((double) k * plan.days() / looks)) {
          double bound = bounds.get(k - 1);
          return Comparisons.leaderIf(
              look.standings(), RateTest.POOLED, test -> Math.abs(test.statistic()) >= bound);
        }
      }
      return Optional.empty();
    };
  }
}

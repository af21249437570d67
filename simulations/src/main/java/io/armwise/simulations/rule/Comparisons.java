package io.armwise.simulations.rule;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.classical.Alternative;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.Proportion;
import io.armwise.posterior.classical.TTest;
import io.armwise.posterior.classical.TestResult;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The classical comparison of the arm of the best observed mean with each other arm: z tests of
 * rates, Welch's test of everything else.
 */
final class Comparisons {
  private Comparisons() {}

  /** Pairs of arms, over which the error probability of a family of tests is divided. */
  static int pairs(int arms) {
    return arms * (arms - 1) / 2;
  }

  /** The leader, if its test against every other arm is as wanted. */
  static Optional<Claim> leaderIf(
      Standings standings, RateTest rates, Predicate<TestResult> wanted) {
    int leader = 0;
    int[] arms = standings.liveArms();
    for (int arm : arms) {
      if (mean(standings.evidence(arm)) > mean(standings.evidence(leader))) {
        leader = arm;
      }
    }
    for (int arm : arms) {
      if (arm != leader
          && !(test(standings, rates, arm, leader)
                  instanceof Inference.Result<TestResult>(TestResult t)
              && wanted.test(t))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Claim.Winner(leader));
  }

  private static double mean(ExactSums sums) {
    return sums.count() == 0 ? Double.NEGATIVE_INFINITY : sums.sum().doubleValue() / sums.count();
  }

  private static Inference<TestResult> test(
      Standings standings, RateTest rates, int control, int treatment) {
    ExactSums first = standings.evidence(control);
    ExactSums second = standings.evidence(treatment);
    return standings.definition().metric().kind() == MetricKind.BINARY
        ? rates.of(proportion(first), proportion(second))
        : TTest.welch(first.moments(), second.moments(), Alternative.TWO_SIDED, 0.95);
  }

  private static Proportion proportion(ExactSums sums) {
    return new Proportion(sums.sum().longValueExact(), sums.count());
  }
}

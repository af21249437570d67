package io.armwise.bandits.verdict;

import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.comparison.ControlComparison;
import java.util.stream.IntStream;

/**
 * The product's decision rule. Deterministic: the same standings give the same verdict.
 *
 * <p>In this order: unusable data; too few units; harm; a winner, whose expected loss is tolerated
 * and whose probability to be best is as wanted (STATISTICS: the loss settles ties, which the
 * probability alone never does); no difference that matters; keep running.
 */
public final class VerdictRule {
  /** Above this fraction of units seen in several arms the arms' means are mixtures. */
  static final double UNUSABLE_SWITCHED_FRACTION = 0.1;

  private VerdictRule() {}

  /**
   * The verdict.
   *
   * @param standings of the experiment
   * @param switched units that were seen in several arms, {@code >= 0}
   * @param days that the experiment has run, {@code >= 0}
   */
  public static Verdict of(Standings standings, long switched, double days) {
    ExperimentDefinition definition = standings.definition();
    DecisionRule rule = definition.rule();
    int[] live = standings.liveArms();
    long fewest =
        IntStream.of(live).mapToLong(arm -> standings.evidence(arm).count()).min().orElse(0);
    long all =
        IntStream.range(0, definition.arms().size())
            .mapToLong(arm -> standings.evidence(arm).count())
            .sum();
    if (fewest < rule.minimumUnits() || !standings.isComparable()) {
      return new Verdict.Collecting(fewest, rule.minimumUnits());
    }
    double switchedFraction = (double) switched / Math.max(all, 1);
    if (switchedFraction > UNUSABLE_SWITCHED_FRACTION) {
      return new Verdict.DataUnusable(switchedFraction);
    }
    Effects effects = Effects.of(standings, live);
    double wanted = rule.wantedProbability();
    if (effects.leastHarm() >= 1 - (1 - wanted) / 5) {
      return new Verdict.StopForHarm(effects.leastHarm());
    }
    int leader = standings.leader();
    double probability = standings.probabilityToBeBest(leader);
    double loss = standings.expectedLoss(leader);
    if (days < rule.minimumDays()) {
      return new Verdict.KeepRunning(leader, probability, loss, Verdict.Missing.DAYS);
    }
    if (loss <= rule.toleratedLoss() && probability >= wanted) {
      return new Verdict.Ship(leader, probability, loss);
    }
    if (effects.leastEquivalence() >= wanted) {
      return new Verdict.NoMeaningfulDifference(
          effects.leastEquivalence(), definition.metric().smallestEffect());
    }
    return new Verdict.KeepRunning(
        leader,
        probability,
        loss,
        loss > rule.toleratedLoss() ? Verdict.Missing.LOSS : Verdict.Missing.PROBABILITY);
  }

  /**
   * How the arms stand to the control.
   *
   * @param leastHarm the smallest probability, over the other arms, of being worse than it
   * @param leastEquivalence the smallest probability, over the other arms, of differing by less
   *     than the smallest effect
   */
  private record Effects(double leastHarm, double leastEquivalence) {
    static Effects of(Standings standings, int[] live) {
      ExperimentDefinition definition = standings.definition();
      int control = definition.controlIndex();
      double harm = 1;
      double equivalence = 1;
      for (int arm : live) {
        if (arm != control) {
          ControlComparison comparison =
              ControlComparison.of(
                  standings.posterior(arm),
                  standings.posterior(control),
                  definition.metric().direction());
          harm = Math.min(harm, 1 - comparison.probabilityToBeatControl());
          equivalence =
              Math.min(
                  equivalence,
                  comparison.probabilityOfPracticalEquivalence(
                      definition.metric().smallestEffect()));
        }
      }
      return new Effects(harm, equivalence);
    }
  }
}

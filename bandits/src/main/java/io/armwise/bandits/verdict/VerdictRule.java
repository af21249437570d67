package io.armwise.bandits.verdict;

import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.posterior.ExactSums;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The product's decision rule. Deterministic: the same evidence gives the same verdict.
 *
 * <p>What it claims rests on inference that is valid at every look and under every allocation that
 * depends on the past ({@link AnytimeClaims}), never on a threshold for a posterior probability,
 * whose error rate nobody knows beforehand: two equal arms that are looked at daily show a
 * probability to be best above 0.95 in half of all experiments. Over the whole life of an
 * experiment, each with probability at most {@code falseWinnerRate},
 *
 * <ul>
 *   <li>an arm that is not strictly best is named ({@code StopForHarm} names the control), or named
 *       within a margin that it does not keep;
 *   <li>arms are said not to differ although one differs from the control by the smallest effect.
 * </ul>
 *
 * <p>Means must not drift against each other while allocation changes. Only units whose attribution
 * window has closed count: an arm that lately got more traffic has more units whose outcome is
 * still to come, so that all units together would compare age with age.
 *
 * <p>In this order: too few units; unusable data; too few mature units; harm, at any time; the
 * minimum of days; a winner; no difference that matters; an arm that is good enough; keep running.
 */
public final class VerdictRule {
  /** Above this fraction of units seen in several arms the arms' means are mixtures. */
  static final double UNUSABLE_SWITCHED_FRACTION = 0.1;

  private VerdictRule() {}

  /**
   * The verdict.
   *
   * @param definition of the experiment, valid
   * @param progress of it, with evidence for each arm
   */
  public static Verdict of(ExperimentDefinition definition, Progress progress) {
    DecisionRule rule = definition.rule();
    int[] live =
        IntStream.range(0, definition.arms().size())
            .filter(arm -> !definition.arms().get(arm).retired())
            .toArray();
    int waiting =
        (int)
            IntStream.of(live)
                .filter(arm -> progress.seen().get(arm).count() < rule.minimumUnits())
                .count();
    if (waiting > 0) {
      int last = last(live, progress.seen());
      return new Verdict.Collecting(
          last, progress.seen().get(last).count(), rule.minimumUnits(), waiting);
    }
    long all = progress.seen().stream().mapToLong(ExactSums::count).sum();
    double switchedFraction = (double) progress.switched() / Math.max(all, 1);
    if (switchedFraction > UNUSABLE_SWITCHED_FRACTION) {
      return new Verdict.DataUnusable(switchedFraction);
    }
    if (progress.mature().get(last(live, progress.mature())).count() < rule.minimumUnits()) {
      return new Verdict.KeepRunning(Verdict.Missing.MATURE_UNITS);
    }
    AnytimeClaims claims = AnytimeClaims.of(definition, live, progress.mature());
    OptionalInt winner = claims.winner();
    if (winner.isPresent() && winner.getAsInt() == definition.controlIndex()) {
      return new Verdict.StopForHarm();
    }
    if (progress.days() < rule.minimumDays()) {
      return new Verdict.KeepRunning(Verdict.Missing.DAYS);
    }
    if (winner.isPresent()) {
      return new Verdict.Ship(winner.getAsInt(), 0);
    }
    if (claims.noneDiffersFromControl()) {
      return new Verdict.NoMeaningfulDifference(definition.metric().smallestEffect());
    }
    OptionalInt goodEnough = claims.withinMargin(rule.toleratedLoss());
    return goodEnough.isPresent()
        ? new Verdict.Ship(goodEnough.getAsInt(), rule.toleratedLoss())
        : new Verdict.KeepRunning(Verdict.Missing.EVIDENCE);
  }

  /** The arm with fewest units; of equals the first. */
  private static int last(int[] live, List<ExactSums> evidence) {
    int last = live[0];
    for (int arm : live) {
      last = evidence.get(arm).count() < evidence.get(last).count() ? arm : last;
    }
    return last;
  }
}

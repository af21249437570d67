package io.armwise.bandits.decision;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.decision.ExperimentState.HoldoutRange;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.Participation.Prerequisite;
import io.armwise.bandits.experiment.Participation.QaList;
import io.armwise.bandits.experiment.TargetingRule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Experiments for tests: a running one with arms a0 (control), a1, … and what differs from it. */
record States(ExperimentState state) {

  static States running(String key, double... shares) {
    return new States(
        new ExperimentState(
            key.hashCode() & 0xffff,
            key,
            ExperimentStatus.RUNNING,
            IntStream.range(0, shares.length).mapToObj(i -> "a" + i).toList(),
            0,
            shares.length - 1,
            Slots.SLOTS_16,
            1,
            Participation.EVERYBODY,
            List.of(),
            7,
            Shares.ofProbabilities(shares)));
  }

  Plan plan() {
    return Plan.of(state, States::has);
  }

  States status(ExperimentStatus status) {
    return with(status, state.trafficShare(), state.participation(), state.holdouts());
  }

  States traffic(double share) {
    return with(state.status(), share, state.participation(), state.holdouts());
  }

  States holdout(String key, int from, int until) {
    return with(
        state.status(),
        state.trafficShare(),
        state.participation(),
        List.of(new HoldoutRange(key, new BucketRange(from, until))));
  }

  States layer(String layer, int from, int until) {
    Participation p = state.participation();
    return participation(
        new LayerRange(layer, new BucketRange(from, until)),
        p.targeting(),
        p.exploitWhen(),
        p.overrides(),
        p.prerequisites(),
        p.excludes(),
        p.killed());
  }

  States targeting(String attribute) {
    Participation p = state.participation();
    return participation(
        p.layer(),
        TargetingRule.of(attribute),
        p.exploitWhen(),
        p.overrides(),
        p.prerequisites(),
        p.excludes(),
        p.killed());
  }

  States exploitWhen(String attribute) {
    Participation p = state.participation();
    return participation(
        p.layer(),
        p.targeting(),
        TargetingRule.of(attribute),
        p.overrides(),
        p.prerequisites(),
        p.excludes(),
        p.killed());
  }

  States override(String arm, String... units) {
    Participation p = state.participation();
    return participation(
        p.layer(),
        p.targeting(),
        p.exploitWhen(),
        List.of(QaList.of(arm, List.of(units))),
        p.prerequisites(),
        p.excludes(),
        p.killed());
  }

  States needs(String experiment, String... arms) {
    Participation p = state.participation();
    return participation(
        p.layer(),
        p.targeting(),
        p.exploitWhen(),
        p.overrides(),
        List.of(new Prerequisite(experiment, List.of(arms))),
        p.excludes(),
        p.killed());
  }

  States excludes(String... experiments) {
    Participation p = state.participation();
    return participation(
        p.layer(),
        p.targeting(),
        p.exploitWhen(),
        p.overrides(),
        p.prerequisites(),
        List.of(experiments),
        p.killed());
  }

  States killed() {
    Participation p = state.participation();
    return participation(
        p.layer(),
        p.targeting(),
        p.exploitWhen(),
        p.overrides(),
        p.prerequisites(),
        p.excludes(),
        true);
  }

  private States participation(
      @Nullable LayerRange layer,
      @Nullable TargetingRule targeting,
      @Nullable TargetingRule exploitWhen,
      List<QaList> overrides,
      List<Prerequisite> prerequisites,
      List<String> excludes,
      boolean killed) {
    return with(
        state.status(),
        state.trafficShare(),
        new Participation(
            layer, targeting, exploitWhen, overrides, prerequisites, excludes, List.of(), killed),
        state.holdouts());
  }

  private States with(
      ExperimentStatus status,
      double traffic,
      Participation participation,
      List<HoldoutRange> holdouts) {
    return new States(
        new ExperimentState(
            state.id(),
            state.key(),
            status,
            state.armKeys(),
            state.control(),
            state.best(),
            state.slots(),
            traffic,
            participation,
            holdouts,
            state.version(),
            state.shares()));
  }

  /** A language of one word: the condition names an attribute, which is true, false or missing. */
  private static Targeting has(TargetingRule rule) {
    return new Targeting() {
      @Override
      public Match test(Map<String, ?> attributes) {
        Object value = attributes.get(rule.expression());
        if (value == null) {
          return Match.FAILED;
        }
        return value.equals(true) ? Match.YES : Match.NO;
      }

      @Override
      public TargetingRule rule() {
        return rule;
      }

      @Override
      public String failure(Map<String, ?> attributes) {
        return test(attributes) == Match.FAILED ? "no attribute " + rule.expression() : "";
      }
    };
  }
}

package io.armwise.simulations.trial;

import io.armwise.bandits.inference.Standings;
import io.armwise.simulations.rule.Check;
import io.armwise.simulations.rule.Look;
import io.armwise.simulations.world.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules that watch one trial, each until it stops. Mutable; one owner. */
final class Watch {
  private final List<Check> checks;
  private final @Nullable RuleOutcome[] outcomes;

  Watch(List<Check> checks) {
    this.checks = checks;
    this.outcomes = new RuleOutcome[checks.size()];
  }

  /** Shows every rule that still runs the numbers of the day, which are computed only for them. */
  void look(int day, boolean last, Supplier<Standings> standings, Truth truth, double regret) {
    for (int rule = 0; rule < outcomes.length; rule++) {
      if (outcomes[rule] == null) {
        Standings now = standings.get();
        int index = rule;
        checks
            .get(rule)
            .at(new Look(day, last, now))
            .ifPresent(claim -> outcomes[index] = RuleOutcome.of(claim, day, now, truth, regret));
      }
    }
  }

  /** Whether a rule still runs. */
  boolean isOpen() {
    for (RuleOutcome outcome : outcomes) {
      if (outcome == null) {
        return true;
      }
    }
    return false;
  }

  /** All outcomes, at the end. */
  List<RuleOutcome> outcomes(Supplier<RuleOutcome> unstopped) {
    RuleOutcome end = isOpen() ? unstopped.get() : null;
    List<RuleOutcome> all = new ArrayList<>();
    for (RuleOutcome outcome : outcomes) {
      all.add(outcome == null ? Objects.requireNonNull(end) : outcome);
    }
    return all;
  }
}

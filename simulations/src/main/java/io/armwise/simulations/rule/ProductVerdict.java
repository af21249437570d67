package io.armwise.simulations.rule;

import io.armwise.bandits.verdict.Progress;
import io.armwise.bandits.verdict.Verdict;
import io.armwise.bandits.verdict.VerdictRule;
import io.armwise.posterior.ExactSums;
import java.util.List;
import java.util.Optional;

/** What the service's dashboard says, followed as soon as it says to act. */
public record ProductVerdict() implements StoppingRule {
  @Override
  public Check prepare(Plan plan) {
    return look ->
        switch (VerdictRule.of(look.standings().definition(), progress(look))) {
          case Verdict.Ship(int arm, double margin) -> Optional.of(new Claim.Winner(arm, margin));
          case Verdict.StopForHarm harm ->
              Optional.of(new Claim.Winner(look.standings().definition().controlIndex()));
          case Verdict.NoMeaningfulDifference none -> Optional.of(new Claim.NoDifference());
          case Verdict.Collecting collecting -> Optional.empty();
          case Verdict.KeepRunning running -> Optional.empty();
          case Verdict.DataUnusable unusable -> Optional.empty();
        };
  }

  /** The simulator's evidence is mature: a world with delays counts units when they are due. */
  private static Progress progress(Look look) {
    List<ExactSums> evidence = look.standings().evidence();
    return new Progress(look.day(), evidence, evidence, 0);
  }
}

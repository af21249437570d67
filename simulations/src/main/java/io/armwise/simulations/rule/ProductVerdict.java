package io.armwise.simulations.rule;

import io.armwise.bandits.verdict.Verdict;
import io.armwise.bandits.verdict.VerdictRule;
import java.util.Optional;

/** What the service's dashboard says, followed as soon as it says to act. */
public record ProductVerdict() implements StoppingRule {
  @Override
  public Check prepare(Plan plan) {
    return look ->
        switch (VerdictRule.of(look.standings(), 0, look.day())) {
          case Verdict.Ship ship -> Optional.of(new Claim.Winner(ship.arm()));
          case Verdict.StopForHarm harm ->
              Optional.of(new Claim.Winner(look.standings().definition().controlIndex()));
          case Verdict.NoMeaningfulDifference none -> Optional.of(new Claim.NoDifference());
          case Verdict.Collecting collecting -> Optional.empty();
          case Verdict.KeepRunning running -> Optional.empty();
          case Verdict.DataUnusable unusable -> Optional.empty();
        };
  }
}

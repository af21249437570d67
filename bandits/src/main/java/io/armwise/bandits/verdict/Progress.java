package io.armwise.bandits.verdict;

import io.armwise.posterior.ExactSums;
import java.util.List;

/**
 * How far an experiment has come.
 *
 * @param days that it has run, {@code >= 0}
 * @param seen per arm, in slot order: the evidence of all units
 * @param mature per arm, in slot order: the evidence of the units that had their whole attribution
 *     window to respond. Where exposure and outcome come at once it is the same
 * @param switched units that were seen in several arms, {@code >= 0}
 */
public record Progress(double days, List<ExactSums> seen, List<ExactSums> mature, long switched) {
  /** Copies the lists. */
  public Progress {
    seen = List.copyOf(seen);
    mature = List.copyOf(mature);
  }
}

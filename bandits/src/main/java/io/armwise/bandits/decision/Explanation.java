package io.armwise.bandits.decision;

import java.util.List;

/**
 * A decision with the way to it.
 *
 * @param choice the decision
 * @param steps the stages that were passed; the last one decided
 */
public record Explanation(Choice choice, List<Step> steps) {

  /** Copies the list. */
  public Explanation {
    steps = List.copyOf(steps);
  }
}

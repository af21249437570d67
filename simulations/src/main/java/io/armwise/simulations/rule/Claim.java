package io.armwise.simulations.rule;

/** What a rule says when it stops an experiment. */
public sealed interface Claim {
  /**
   * One arm is better than all others, or as good as any but for a margin.
   *
   * @param arm from 0
   * @param margin by which another arm may be better, {@code >= 0}
   */
  record Winner(int arm, double margin) implements Claim {
    /** An arm that is strictly best. */
    public Winner(int arm) {
      this(arm, 0);
    }
  }

  /** The arms do not differ by what matters. */
  record NoDifference() implements Claim {}
}

package io.armwise.simulations.rule;

/** What a rule says when it stops an experiment. */
public sealed interface Claim {
  /**
   * One arm is better than all others.
   *
   * @param arm from 0
   */
  record Winner(int arm) implements Claim {}

  /** The arms do not differ by what matters. */
  record NoDifference() implements Claim {}
}

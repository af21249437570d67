package io.armwise.simulations.suite;

import io.armwise.simulations.trial.Design;

/**
 * One combination of a suite.
 *
 * @param index in canonical order, from 0
 * @param world name of its world
 * @param policy name of its policy
 * @param design what is run
 */
public record Cell(int index, String world, String policy, Design design) {
  /** Days of its schedule. */
  public int horizon() {
    return design.schedule().days();
  }
}

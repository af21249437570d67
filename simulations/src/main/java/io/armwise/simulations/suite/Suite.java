package io.armwise.simulations.suite;

import java.util.List;

/**
 * Experiments to simulate: every world with every policy at every horizon, watched by every rule.
 *
 * @param name of the suite
 * @param description what it shows, may be empty
 * @param seed the master seed
 * @param replications of each cell, {@code >= 1}
 * @param rules names of the rules, in the order of the designs' rules
 * @param cells in canonical order: worlds, then policies, then horizons
 */
public record Suite(
    String name,
    String description,
    long seed,
    int replications,
    List<String> rules,
    List<Cell> cells) {

  /** Replications that are run and written together. */
  public static final int BLOCK = 250;

  /** Guards the number of replications. */
  public Suite {
    rules = List.copyOf(rules);
    cells = List.copyOf(cells);
    if (!(replications >= 1 && replications <= 100_000_000)) {
      throw new IllegalArgumentException("replications must be in [1, 10^8], got " + replications);
    }
  }

  /** Blocks of each cell. */
  public int blocks() {
    return (replications + BLOCK - 1) / BLOCK;
  }

  /** The number of replications in a block. */
  int blockSize(int block) {
    return Math.min(BLOCK, replications - block * BLOCK);
  }
}

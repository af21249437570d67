package io.armwise.simulations.rule;

import java.util.Optional;

/** A rule made ready for one plan. Stateless: one serves all replications, on any thread. */
@FunctionalInterface
public interface Check {
  /** What the rule claims at a look; empty to go on. */
  Optional<Claim> at(Look look);
}

package io.armwise.bandits.experiment;

/** What counts as an exposure. */
public enum ExposureTrigger {
  /** Only an exposure event: an arm that was decided but never shown does not count. */
  EVENT,
  /** The decision itself. */
  DECISION
}

package io.armwise.bandits.experiment;

/**
 * Where an experiment is in its life: {@code draft → running ⇄ paused → stopped → archived}; a
 * draft may also be archived. {@link LifecycleAction} moves it.
 */
public enum ExperimentStatus {
  /** Being written; nothing is assigned or learned. */
  DRAFT,
  /** Assigns arms and learns. */
  RUNNING,
  /** Everybody gets the control arm; outcomes of earlier exposures are still learned. */
  PAUSED,
  /** No more assignments; the numbers stand. */
  STOPPED,
  /** Out of sight, kept for the record. */
  ARCHIVED;

  /** Whether exposures and outcomes are learned. */
  public boolean isLearning() {
    return this == RUNNING || this == PAUSED;
  }
}

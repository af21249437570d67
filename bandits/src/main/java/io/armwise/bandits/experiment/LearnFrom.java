package io.armwise.bandits.experiment;

/** Which units an experiment learns from. */
public enum LearnFrom {
  /**
   * Every exposed unit at once. Quick; but while windows are open, successes count and failures do
   * not look like failures yet, so an arm whose successes come sooner looks better than it is.
   */
  ALL,
  /** Units whose attribution window has closed, so that successes and failures are equally late. */
  MATURED
}

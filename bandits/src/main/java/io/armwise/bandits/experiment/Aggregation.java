package io.armwise.bandits.experiment;

/** How the outcomes that a unit is credited with make one number. */
public enum Aggregation {
  /** Their sum; 0 without any. */
  SUM,
  /** 1 if any of them is positive, else 0. */
  ANY,
  /** The earliest; 0 without any. */
  FIRST,
  /** The latest; 0 without any. */
  LAST
}

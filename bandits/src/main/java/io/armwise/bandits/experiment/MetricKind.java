package io.armwise.bandits.experiment;

/** What a unit's value is, and so which posterior describes an arm's mean. */
public enum MetricKind {
  /** 1 if the unit's outcomes make a positive value, else 0. Beta posterior of a rate. */
  BINARY,
  /** What the unit's outcomes make, any number. Student t posterior of a mean. */
  CONTINUOUS,
  /** What the unit's outcomes make, whole numbers from 0. Gamma posterior of a rate per unit. */
  COUNT
}

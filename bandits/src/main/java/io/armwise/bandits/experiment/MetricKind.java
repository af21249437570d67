package io.armwise.bandits.experiment;

/** What a unit's value is, and so which posterior describes an arm's mean. */
public enum MetricKind {
  /** 1 if the unit had an outcome with a positive value, else 0. Beta posterior of a rate. */
  BINARY,
  /** The sum of the unit's outcomes, any number. Student t posterior of a mean. */
  CONTINUOUS,
  /** The sum of the unit's outcomes, whole numbers from 0. Gamma posterior of a rate per unit. */
  COUNT
}

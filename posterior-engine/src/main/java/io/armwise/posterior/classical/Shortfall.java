package io.armwise.posterior.classical;

/** Why the data do not support an answer. */
public enum Shortfall {
  /** A sample has fewer units than the method needs (two for a variance). */
  TOO_FEW_UNITS,
  /** Every unit has the same value, so that the standard error is zero. */
  NO_VARIATION,
  /** A sum of squares is not finite or is negative beyond rounding: the evidence is damaged. */
  UNUSABLE_EVIDENCE,
  /** The denominator of a ratio cannot be told from zero. */
  DENOMINATOR_NEAR_ZERO,
  /** A logarithm needs positive means or positive counts. */
  NOT_POSITIVE,
  /** The covariates are linearly dependent, so that no coefficient is defined. */
  COLLINEAR_COVARIATES,
  /** The effective sample size is below the stated limit. */
  TOO_LITTLE_OVERLAP
}

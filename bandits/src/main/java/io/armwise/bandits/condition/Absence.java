package io.armwise.bandits.condition;

/** The value of terms that have none. */
enum Absence {
  /** The only one. */
  NONE
}

package io.armwise.client;

import org.jspecify.annotations.Nullable;

/** What came of asking for an arm. */
public sealed interface Decision {

  /** The experiment that was asked for. */
  String experiment();

  /** The unit as it was asked for. */
  String unit();

  /** The arm's payload, or null where there is no arm; see {@link Made#payload}. */
  default @Nullable Object payloadOrNull() {
    return switch (this) {
      case Made made -> made.payload();
      case Unavailable unused -> null;
    };
  }

  /**
   * An arm, the same as the service gives this unit by the same version.
   *
   * @param experiment key
   * @param unit id
   * @param arm key
   * @param name of the arm, for people
   * @param payload of the arm, any JSON: {@code String}, {@code Boolean}, {@code Long}, {@code
   *     Double}, an unmodifiable {@code List} or {@code Map} of them, or null
   * @param propensity probability with which the arm was drawn, in (0, 1]; 1 where it was not
   * @param version of the allocation
   * @param reason why this arm, as in the service's answers
   * @param evidence whether the arm was drawn by chance, so that its exposure is learned from
   * @param stale whether the snapshot has not been checked for longer than it should be
   */
  record Made(
      String experiment,
      String unit,
      String arm,
      String name,
      @Nullable Object payload,
      double propensity,
      long version,
      String reason,
      boolean evidence,
      boolean stale)
      implements Decision {}

  /**
   * No arm: the caller does what it does without the experiment.
   *
   * @param experiment key
   * @param unit id
   * @param cause why
   */
  record Unavailable(String experiment, String unit, Cause cause) implements Decision {}

  /** Why there is no arm. */
  enum Cause {
    /** No snapshot has been read yet, neither from the service nor from a file. */
    NO_SNAPSHOT,
    /** No running or paused experiment has this key. */
    UNKNOWN_EXPERIMENT,
    /** The experiment has a condition, and no compiler for conditions was given. */
    CONDITION_NOT_SUPPORTED,
    /** The unit's id is empty, over 256 bytes or not well-formed. */
    INVALID_UNIT
  }
}

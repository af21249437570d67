package io.armwise.bandits.decision;

/**
 * Why a flag has its value, in OpenFeature's words, as far as it has words for it. Source:
 * OpenFeature specification 0.8, section "Types and data structures", {@code resolution reason}.
 */
public enum EvaluationReason {
  /** Drawn from shares. */
  SPLIT,
  /** A certain arm for this unit: it is on a list, a flag's condition holds, nothing is learned. */
  TARGETING_MATCH,
  /**
   * The same for all: a flag without a condition, or the control arm where nothing is drawn now.
   */
  STATIC;

  /**
   * OpenFeature's word for one of ours.
   *
   * @param reason of a decision, as {@link Reason#json} or {@link FlagState#reason} say it
   */
  public static EvaluationReason of(String reason) {
    return switch (reason) {
      case "allocated", "sticky", "split" -> SPLIT;
      case "override", "exploit", "targeted" -> TARGETING_MATCH;
      default -> STATIC;
    };
  }
}

package io.armwise.service.dashboard;

/** The reason that a person gives for a change; it stands in the audit trail. */
public final class ReasonRule {
  /** Characters that a reason may have. */
  public static final int LONGEST = 500;

  /** The rule, as it is told beside the field. */
  public static final String TEXT = "Give a reason of 1 to " + LONGEST + " characters.";

  private ReasonRule() {}

  /** Whether a stripped text breaks the rule. */
  public static boolean isBroken(String reason) {
    return reason.isEmpty() || reason.length() > LONGEST;
  }
}

package io.armwise.service.experiment;

import io.armwise.service.platform.problem.ProblemException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The version that a change is based on, from {@code If-Match}. */
public final class ExpectedVersion {
  private ExpectedVersion() {}

  /** The version; empty if any will do. */
  public static OptionalInt of(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return OptionalInt.empty();
    }
    String digits = ifMatch.replaceAll("^(W/)?\"?|\"?$", "");
    try {
      return OptionalInt.of(Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      throw ProblemException.invalid(
          "If-Match", "must be a version in quotes, such as \"3\"", ifMatch);
    }
  }
}

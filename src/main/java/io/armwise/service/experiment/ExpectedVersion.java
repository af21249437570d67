package io.armwise.service.experiment;

import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The version that a change is based on, from {@code If-Match}. */
public final class ExpectedVersion {
  private ExpectedVersion() {}

  /**
   * The version of a change that needs one; empty if any will do.
   *
   * @throws ProblemException if the header is missing
   */
  public static OptionalInt required(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw new ProblemException(
          ProblemCode.PRECONDITION_REQUIRED,
          "Send the version that the change is based on as If-Match: \"<version>\".");
    }
    return of(ifMatch);
  }

  /**
   * Refuses a change that is based on another version.
   *
   * @param expected empty if any will do
   * @param what is changed, for the reader
   */
  public static void require(OptionalInt expected, int current, String what) {
    if (expected.isPresent() && expected.getAsInt() != current) {
      throw new ProblemException(
          ProblemCode.VERSION_CONFLICT,
          "The change is based on version "
              + expected.getAsInt()
              + ", but the "
              + what
              + " is at version "
              + current
              + ". Read it again and repeat the change.");
    }
  }

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

package io.armwise.simulations.suite;

/**
 * A suite or a folder of results that cannot be used, with a message for the person who gave it.
 */
public final class SuiteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong and where. */
  public SuiteException(String message) {
    super(message);
  }

  /** With what is wrong and why. */
  public SuiteException(String message, Throwable cause) {
    super(message, cause);
  }
}

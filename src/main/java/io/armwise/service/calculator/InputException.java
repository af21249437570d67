package io.armwise.service.calculator;

/** Input that cannot be understood; the message names place, rule and value. */
final class InputException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * The exception.
   *
   * @param where file, line and column or field, as far as they are known
   * @param what the rule and what was found instead
   */
  InputException(String where, String what) {
    super(where + ": " + what);
  }
}

package io.armwise.service.dashboard;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads a form's numbers and collects what is wrong with them. One use; not thread-safe. */
public final class FormNumbers {
  private final Map<String, String> form;
  private final Map<String, String> errors = new HashMap<>();

  /**
   * A reader.
   *
   * @param form what was typed, by field
   */
  public FormNumbers(Map<String, String> form) {
    this.form = Map.copyOf(form);
  }

  /** What is wrong, by field; the empty name for the whole. */
  public Map<String, String> errors() {
    return errors;
  }

  /** Says what is wrong with a field, unless that is said already. */
  public void remark(String field, String text) {
    errors.putIfAbsent(field, text);
  }

  /** The text of a field, stripped; empty if there is none. */
  public String text(String field) {
    return form.getOrDefault(field, "").strip();
  }

  /** A fraction, which people write in percent; 0 if it cannot be read. */
  public double fraction(String field) {
    return known(field, HumanText.fraction(text(field)), "Give a percentage such as 5 %.");
  }

  /** A number; 0 if it cannot be read. */
  public double number(String field) {
    return known(field, HumanText.number(text(field)), "Give a number such as 12.5.");
  }

  /** A number above 0; 1 if it is none. */
  public double positive(String field) {
    double value = HumanText.number(text(field)).orElse(Double.NaN);
    if (value > 0) {
      return value;
    }
    remark(field, "Give a number above 0.");
    return 1;
  }

  /** A whole number from {@code least} to {@code most}; {@code least} if it is none. */
  public long whole(String field, long least, long most) {
    double value = HumanText.number(text(field)).orElse(Double.NaN);
    if (value >= (double) least && value <= (double) most && value == Math.rint(value)) {
      return (long) value;
    }
    remark(
        field, "Give a whole number from " + Words.count(least) + " to " + Words.count(most) + ".");
    return least;
  }

  private double known(String field, OptionalDouble value, String wanted) {
    if (value.isEmpty()) {
      remark(field, wanted);
    }
    return value.orElse(0);
  }
}

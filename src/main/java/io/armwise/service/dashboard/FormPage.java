package io.armwise.service.dashboard;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form that says what it does before it is done.
 *
 * @param section that it belongs to: address and name
 * @param heading what is done
 * @param effects what happens, one fact each
 * @param undo whether and how it can be taken back
 * @param action address that takes the form
 * @param submit what the button says
 * @param danger whether something ends
 * @param fields to fill in, but for the reason
 * @param texts what was typed, by name
 * @param errors what is wrong, by name of the field; the empty name for the whole
 */
public record FormPage(
    Shell shell,
    Section section,
    String heading,
    List<String> effects,
    String undo,
    String action,
    String submit,
    boolean danger,
    List<Field> fields,
    Map<String, String> texts,
    Map<String, String> errors) {

  /** The name of the field that asks why. */
  public static final String REASON = "reason";

  /** Keeps the collections. */
  public FormPage {
    effects = List.copyOf(effects);
    fields = List.copyOf(fields);
    texts = Map.copyOf(texts);
    errors = Map.copyOf(errors);
  }

  /** A page that leads here. */
  public record Section(String address, String name) {}

  /**
   * A field.
   *
   * @param hint what belongs there; may be empty
   * @param options to choose from, texts by value; absent for a field to type in
   */
  public record Field(
      String name,
      String label,
      String hint,
      boolean required,
      @Nullable Map<String, String> options) {
    /** A field to type in. */
    public static Field text(String name, String label, String hint) {
      return new Field(name, label, hint, true, null);
    }

    /** One that may stay empty. */
    public static Field optional(String name, String label, String hint) {
      return new Field(name, label, hint, false, null);
    }
  }

  /** What was typed; empty for nothing. */
  public String text(String field) {
    return texts.getOrDefault(field, "");
  }

  /** What is wrong with a field; null if nothing is. */
  public @Nullable String error(String field) {
    return errors.get(field);
  }
}

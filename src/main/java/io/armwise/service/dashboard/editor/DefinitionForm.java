package io.armwise.service.dashboard.editor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The text of an experiment's form as a person typed it. Names are the paths of the API's document
 * with dots for brackets, such as {@code arms.0.key}, so that a broken rule finds its field.
 *
 * @param fields text by name
 */
public record DefinitionForm(Map<String, String> fields) {
  /** Radio button with the index of the control arm. */
  static final String CONTROL = "control";

  private static final List<String> OF_ARM = List.of("key", "name", "payload", "weight", "retired");

  /** Keeps the fields in their order. */
  public DefinitionForm {
    fields = Map.copyOf(fields);
  }

  /** The name of the field that a rule's path is about. */
  static String nameOf(String path) {
    return path.replaceAll("\\[(\\d+)]", ".$1");
  }

  /** The name of an arm's field. */
  public static String arm(int index, String field) {
    return "arms." + index + "." + field;
  }

  /** The text of a field, stripped; empty if there is none. */
  public String text(String name) {
    return Objects.requireNonNullElse(fields.get(name), "").strip();
  }

  /** Whether a field says {@code value}. */
  public boolean is(String name, String value) {
    return text(name).equals(value);
  }

  /** How many arms the form has. */
  public int armCount() {
    int count = 0;
    while (fields.containsKey(arm(count, "name"))) {
      count++;
    }
    return count;
  }

  /** Index of the control arm; the first unless another is chosen. */
  public int control() {
    String chosen = text(CONTROL);
    return chosen.matches("\\d{1,4}") ? Integer.parseInt(chosen) : 0;
  }

  DefinitionForm with(String name, String text) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changed.put(name, text);
    return new DefinitionForm(changed);
  }

  DefinitionForm withArm() {
    int index = armCount();
    return with(arm(index, "name"), "").with(arm(index, "key"), "").with(arm(index, "payload"), "");
  }

  /** Without one arm; those after it move up, and a removed control hands over to the first. */
  DefinitionForm withoutArm(int removed) {
    int arms = armCount();
    if (!(removed >= 0 && removed < arms && arms > 2)) {
      return this;
    }
    Map<String, String> changed = new LinkedHashMap<>(fields);
    for (int i = removed; i < arms; i++) {
      for (String field : OF_ARM) {
        String next = fields.get(arm(i + 1, field));
        if (next == null) {
          changed.remove(arm(i, field));
        } else {
          changed.put(arm(i, field), next);
        }
      }
    }
    int control = control();
    int kept = control > removed ? control - 1 : control == removed ? 0 : control;
    changed.put(CONTROL, String.valueOf(kept));
    return new DefinitionForm(changed);
  }
}

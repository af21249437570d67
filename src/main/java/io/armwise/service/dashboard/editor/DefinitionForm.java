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
  private static final List<String> OF_METRIC =
      List.of("key", "role", "kind", "direction", "smallestEffect", "denominator.outcome");

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

  /** The name of a field of a metric beside the primary one. */
  public static String metric(int index, String field) {
    return "metrics." + index + "." + field;
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
    return count("arms", "name");
  }

  /** How many metrics it has beside the primary one. */
  public int metricCount() {
    return count("metrics", "key");
  }

  private int count(String list, String field) {
    int count = 0;
    while (fields.containsKey(list + "." + count + "." + field)) {
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

  /** With one more metric: most often one that must not get worse. */
  DefinitionForm withMetric() {
    int index = metricCount();
    return with(metric(index, "key"), "")
        .with(metric(index, "role"), "guardrail")
        .with(metric(index, "kind"), "binary")
        .with(metric(index, "direction"), "decrease")
        .with(metric(index, "smallestEffect"), "1 %");
  }

  DefinitionForm withoutMetric(int removed) {
    int metrics = metricCount();
    return removed >= 0 && removed < metrics
        ? new DefinitionForm(without("metrics", OF_METRIC, removed, metrics))
        : this;
  }

  /** Without one arm; those after it move up, and a removed control hands over to the first. */
  DefinitionForm withoutArm(int removed) {
    int arms = armCount();
    if (!(removed >= 0 && removed < arms && arms > 2)) {
      return this;
    }
    Map<String, String> changed = without("arms", OF_ARM, removed, arms);
    int control = control();
    int kept = control > removed ? control - 1 : control == removed ? 0 : control;
    changed.put(CONTROL, String.valueOf(kept));
    return new DefinitionForm(changed);
  }

  private Map<String, String> without(String list, List<String> names, int removed, int count) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    for (int i = removed; i < count; i++) {
      for (String name : names) {
        String next = fields.get(list + "." + (i + 1) + "." + name);
        if (next == null) {
          changed.remove(list + "." + i + "." + name);
        } else {
          changed.put(list + "." + i + "." + name, next);
        }
      }
    }
    return changed;
  }
}

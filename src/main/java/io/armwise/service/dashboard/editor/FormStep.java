package io.armwise.service.dashboard.editor;

import org.jspecify.annotations.Nullable;

/**
 * What one of the form's own buttons makes of it.
 *
 * @param form afterwards
 * @param focus field to begin with, empty for none
 */
record FormStep(DefinitionForm form, String focus) {
  private static final String REMOVE_ARM = "remove-arm-";
  private static final String REMOVE_METRIC = "remove-metric-";

  /** The step of a button's value; null for buttons that do more than lay out the form. */
  static @Nullable FormStep of(String step, DefinitionForm form) {
    if (step.equals("add-arm")) {
      DefinitionForm more = form.withArm();
      return new FormStep(more, DefinitionForm.arm(more.armCount() - 1, "name"));
    }
    if (step.equals("add-metric")) {
      DefinitionForm more = form.withMetric();
      return new FormStep(more, DefinitionForm.metric(more.metricCount() - 1, "key"));
    }
    if (step.matches(REMOVE_ARM + "\\d{1,4}")) {
      return new FormStep(form.withoutArm(index(step, REMOVE_ARM)), "");
    }
    return step.matches(REMOVE_METRIC + "\\d{1,4}")
        ? new FormStep(form.withoutMetric(index(step, REMOVE_METRIC)), "")
        : null;
  }

  private static int index(String step, String prefix) {
    return Integer.parseInt(step.substring(prefix.length()));
  }
}

package io.armwise.service.dashboard.editor;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.certificate.CertificatePlan;
import io.armwise.service.dashboard.certificate.PlanForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the editor's estimate asks for, as the plan of a simulation. Pure. */
final class CertifyForm {
  private static final Map<String, String> FIELDS =
      Map.of(
          "plan.baseline", "baseline",
          "plan.sd", "deviation",
          "plan.perDay", "unitsPerDay",
          "plan.days", "days");

  private CertifyForm() {}

  /** What was read. */
  sealed interface Reading {
    /** A plan. */
    record Valid(CertificatePlan plan) implements Reading {}

    /** Fields that break rules. */
    record Invalid(List<Violation> violations) implements Reading {}
  }

  static Reading read(MetricKind kind, DefinitionForm form) {
    Map<String, String> fields = new HashMap<>();
    FIELDS.forEach((name, field) -> fields.put(field, form.text(name)));
    PlanForm plan = new PlanForm(kind, fields);
    CertificatePlan read = plan.plan();
    return read == null
        ? new Reading.Invalid(
            plan.errors().entrySet().stream()
                .map(error -> violation(error.getKey(), error.getValue()))
                .toList())
        : new Reading.Valid(read);
  }

  private static Violation violation(String field, String text) {
    String name =
        FIELDS.entrySet().stream()
            .filter(entry -> entry.getValue().equals(field))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(field);
    return new Violation(name, text.replaceAll("\\.$", ""), "nothing");
  }

  /** The form with the fields that give a plan back. */
  static DefinitionForm with(DefinitionForm form, MetricKind kind, CertificatePlan plan) {
    Map<String, String> fields = PlanForm.fields(kind, plan);
    DefinitionForm filled = form;
    for (Map.Entry<String, String> field : FIELDS.entrySet()) {
      String text = fields.get(field.getValue());
      filled = text == null ? filled : filled.with(field.getKey(), text);
    }
    return filled;
  }
}

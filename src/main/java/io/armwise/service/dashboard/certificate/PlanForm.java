package io.armwise.service.dashboard.certificate;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.certificate.CertificatePlan;
import io.armwise.service.dashboard.FormNumbers;
import io.armwise.service.dashboard.HumanText;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a design's simulation asks for. One use; not thread-safe. */
public final class PlanForm {
  /** What the form holds at first. */
  public static final Map<String, String> USUAL = Map.of("days", "28");

  private static final long MOST_UNITS = 1_000_000_000L;
  private static final long MOST_DAYS = 365;

  private final MetricKind kind;
  private final FormNumbers form;

  /**
   * A form.
   *
   * @param kind of the experiment's metric
   * @param fields {@code baseline}, {@code deviation}, {@code unitsPerDay} and {@code days}
   */
  public PlanForm(MetricKind kind, Map<String, String> fields) {
    this.kind = kind;
    this.form = new FormNumbers(fields);
  }

  /** The plan; null if the form breaks a rule, which {@link #errors} then names. */
  public @Nullable CertificatePlan plan() {
    CertificatePlan plan =
        new CertificatePlan(
            kind == MetricKind.BINARY ? form.fraction("baseline") : form.number("baseline"),
            kind == MetricKind.CONTINUOUS ? (Double) form.positive("deviation") : null,
            form.whole("unitsPerDay", 1, MOST_UNITS),
            (int) form.whole("days", 1, MOST_DAYS));
    return form.errors().isEmpty() ? plan : null;
  }

  /** What is wrong, by field. */
  public Map<String, String> errors() {
    return Map.copyOf(form.errors());
  }

  /** The fields that give a plan back. */
  public static Map<String, String> fields(MetricKind kind, CertificatePlan plan) {
    Map<String, String> fields = new HashMap<>();
    Double baseline = plan.baseline();
    Double deviation = plan.deviation();
    Long perDay = plan.unitsPerDay();
    if (baseline != null) {
      fields.put(
          "baseline",
          kind == MetricKind.BINARY ? HumanText.percent(baseline) : HumanText.plain(baseline));
    }
    if (deviation != null) {
      fields.put("deviation", HumanText.plain(deviation));
    }
    if (perDay != null) {
      fields.put("unitsPerDay", HumanText.plain((double) perDay));
    }
    fields.put("days", String.valueOf(plan.longest()));
    return fields;
  }
}

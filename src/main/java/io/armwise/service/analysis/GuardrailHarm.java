package io.armwise.service.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How probably an arm harms a metric that must not get worse.
 *
 * @param metric key of the guardrail
 * @param key of the arm
 * @param arm its name
 * @param probability that it is worse than the control by more than the smallest effect that
 *     matters, in [0, 1]
 * @param margin that smallest effect, in words
 */
public record GuardrailHarm(
    String metric, String key, String arm, double probability, String margin) {
  /** From this probability on a guardrail counts as broken: somebody has to act. */
  public static final double BROKEN = 0.8;

  /** Whether the guardrail counts as broken. */
  public boolean isBroken() {
    return probability >= BROKEN;
  }

  /** The harm in a sentence. */
  public String sentence() {
    return "%s harms the guardrail %s: with probability %s it is worse by more than %s."
        .formatted(arm, metric, Wording.percent(probability), margin);
  }

  /** Whether a metric is a guardrail. */
  public static boolean isGuardrail(Report.SideMetricReport metric) {
    return metric.role().equals("guardrail");
  }

  /** Of every guardrail and arm in the running with figures, the surest first. */
  public static List<GuardrailHarm> of(Report report) {
    return report.metrics().stream()
        .filter(GuardrailHarm::isGuardrail)
        .flatMap(metric -> of(report, metric))
        .sorted(Comparator.comparingDouble(GuardrailHarm::probability).reversed())
        .toList();
  }

  private static Stream<GuardrailHarm> of(Report report, Report.SideMetricReport metric) {
    return report.arms().stream()
        .filter(arm -> !arm.retired())
        .flatMap(
            arm ->
                metric.arms().stream()
                    .filter(side -> side.arm().equals(arm.arm()))
                    .flatMap(side -> of(metric, arm, side)));
  }

  private static Stream<GuardrailHarm> of(
      Report.SideMetricReport metric, Report.ArmReport arm, Report.SideArmReport side) {
    Double harm = side.probabilityOfHarm();
    return harm == null
        ? Stream.empty()
        : Stream.of(
            new GuardrailHarm(
                metric.key(),
                arm.arm(),
                arm.name(),
                harm,
                Wording.amount(metric.kind().equals("binary"), metric.smallestEffect())));
  }
}

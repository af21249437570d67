package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import org.jspecify.annotations.Nullable;

/** Which arm stands out in a report. Pure. */
final class Lead {
  private Lead() {}

  /**
   * The arm that the verdict names; null where it names none, because no arm is ahead or because
   * the data cannot tell.
   */
  static Report.@Nullable ArmReport ahead(Report report) {
    String named = report.verdict().arm();
    for (Report.ArmReport arm : report.arms()) {
      if (arm.arm().equals(named) && arm.figures() != null) {
        return arm;
      }
    }
    return null;
  }

  /** The arm with the highest probability to be best, however little that says; null if unknown. */
  static Report.@Nullable ArmReport highest(Report report) {
    Report.ArmReport leader = null;
    double highest = -1;
    for (Report.ArmReport arm : report.arms()) {
      Double best = arm.figures() == null ? null : arm.figures().probabilityToBeBest();
      if (best != null && best > highest) {
        highest = best;
        leader = arm;
      }
    }
    return leader;
  }

  /** The name of an arm of a report; the key itself if there is no such arm. */
  static String name(Report report, @Nullable String key) {
    return report.arms().stream()
        .filter(arm -> arm.arm().equals(key))
        .findFirst()
        .map(Report.ArmReport::name)
        .orElse(String.valueOf(key));
  }
}

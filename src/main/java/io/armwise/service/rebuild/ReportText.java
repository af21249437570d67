package io.armwise.service.rebuild;

import io.armwise.service.rebuild.RebuildReport.Comparison;
import io.armwise.service.rebuild.RebuildReport.Difference;
import io.armwise.service.rebuild.RebuildReport.MeasuredArm;
import io.armwise.service.rebuild.RebuildReport.UnitSum;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A rebuild's report for people. */
final class ReportText {
  private ReportText() {}

  static void print(RebuildReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Read %,d records of %s (%d partitions) in %.1f s: %,d per second.%n%n",
        report.events(),
        report.topic(),
        report.positions().size(),
        report.seconds(),
        report.eventsPerSecond());
    out.printf("  %-34s %14s %14s%n", "", "compared", "different");
    for (Comparison comparison : report.comparisons()) {
      out.printf(
          Locale.ROOT,
          "  %-34s %,14d %,14d%s%n",
          comparison.what(),
          comparison.compared(),
          comparison.different(),
          comparison.skipped() == 0
              ? ""
              : String.format(
                  Locale.ROOT, "  (%,d older than the first known one)", comparison.skipped()));
    }
    out.println();
    for (Comparison comparison : report.comparisons()) {
      printDifferences(comparison, out);
    }
    if (report.measured() != null) {
      printMeasured(report.measured(), out);
    }
    out.println(
        report.replaced()
            ? "REPLACED: the live evidence is what was rebuilt."
            : report.isEqual()
                ? "Equal: the live evidence follows from the log, to the last digit."
                : "DIFFERENT: the live evidence does not follow from the log.");
    out.flush();
  }

  private static void printMeasured(List<MeasuredArm> measured, PrintWriter out) {
    out.printf("  %-24s %-12s %28s %28s%n", "metric", "arm", "units, sum live", "by the other");
    for (MeasuredArm arm : measured) {
      out.printf(
          "  %-24s %-12s %28s %28s%n",
          arm.metric(), arm.arm(), text(arm.live()), text(arm.rebuilt()));
    }
    out.println();
  }

  private static String text(@Nullable UnitSum sum) {
    return sum == null
        ? "none"
        : String.format(Locale.ROOT, "%,d, %s", sum.units(), sum.sum().toPlainString());
  }

  private static void printDifferences(Comparison comparison, PrintWriter out) {
    if (comparison.examples().isEmpty()) {
      return;
    }
    out.println("Different " + comparison.what() + ":");
    for (Difference difference : comparison.examples()) {
      out.println("  " + difference.where());
      out.println("    live     " + difference.live());
      out.println("    rebuilt  " + difference.rebuilt());
    }
    long more = comparison.different() - comparison.examples().size();
    if (more > 0) {
      out.printf(Locale.ROOT, "  and %,d more%n", more);
    }
    out.println();
  }
}

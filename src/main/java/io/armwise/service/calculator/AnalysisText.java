package io.armwise.service.calculator;

import io.armwise.posterior.Interval;
import io.armwise.service.calculator.ExperimentAnalysis.ArmAnalysis;
import io.armwise.service.calculator.ExperimentAnalysis.VersusControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** An analysis for people: a table and a sentence. */
final class AnalysisText {
  /** From here on a sentence says "is best"; below it says "leads". */
  private static final double CLEAR = 0.95;

  private static final int BAR = 12;

  private final Style style;
  private final double level;
  private final boolean rates;

  /**
   * The writer.
   *
   * @param style of the terminal
   * @param level of the intervals
   * @param rates whether the metric is a rate, shown in percent
   */
  AnalysisText(Style style, double level, boolean rates) {
    this.style = style;
    this.level = level;
    this.rates = rates;
  }

  /** All lines of one experiment. */
  List<String> lines(ExperimentAnalysis analysis) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(analysis.experiment()));
    lines.addAll(table(analysis).lines());
    lines.add("  " + verdict(analysis));
    return lines;
  }

  private TextTable table(ExperimentAnalysis analysis) {
    String interval = Numbers.significant(100 * level, 4).replaceAll("\\.?0+$", "") + "% interval";
    TextTable table = new TextTable();
    table.row(
        style::dim,
        "arm",
        "mean",
        interval,
        "vs control",
        interval,
        "P(beats control)",
        "P(best)",
        "",
        "expected loss");
    int leader = analysis.leader();
    boolean relative = relativeMeansExist(analysis);
    for (int k = 0; k < analysis.arms().size(); k++) {
      ArmAnalysis arm = analysis.arms().get(k);
      UnaryOperator<String> paint =
          k == leader && arm.probabilityToBeBest() >= CLEAR
              ? style::green
              : UnaryOperator.identity();
      table.row(
          paint,
          arm.arm() + (k == analysis.control() ? " (control)" : ""),
          value(arm.mean()),
          value(arm.interval()),
          arm.versusControl().map(versus -> uplift(versus, relative)).orElse("-"),
          arm.versusControl().map(versus -> interval(versus, relative)).orElse("-"),
          arm.versusControl()
              .map(versus -> Numbers.percent(versus.probabilityToBeatControl()))
              .orElse("-"),
          style.bar(arm.probabilityToBeBest(), BAR),
          Numbers.percent(arm.probabilityToBeBest()),
          loss(arm.expectedLoss()));
    }
    return table;
  }

  /** What a person may conclude, and what it risks. */
  String verdict(ExperimentAnalysis analysis) {
    int leader = analysis.leader();
    ArmAnalysis best = analysis.arms().get(leader);
    String name = best.arm();
    if (analysis.arms().size() == 1) {
      return "%s is the only arm: there is nothing to compare it with.".formatted(name);
    }
    String probability = Numbers.percent(best.probabilityToBeBest());
    String risk =
        best.expectedLoss().isPresent()
            ? "choosing it now costs %s on average, that risk included"
                .formatted(loss(best.expectedLoss()))
            : "what choosing it may cost has no finite average";
    if (best.probabilityToBeBest() >= CLEAR) {
      return leader == analysis.control()
          ? "Keep %s: it is best with probability %s; %s.".formatted(name, probability, risk)
          : "%s is best with probability %s; %s.".formatted(name, probability, risk);
    }
    return "No clear winner yet: %s leads with probability %s; %s."
        .formatted(name, probability, risk);
  }

  private String value(OptionalDouble value) {
    return value.isPresent() ? value(value.getAsDouble()) : "-";
  }

  private String value(double value) {
    return rates ? Numbers.significant(100 * value, 3) + "%" : Numbers.significant(value, 4);
  }

  private String value(Interval interval) {
    return "[" + value(interval.lower()) + ", " + value(interval.upper()) + "]";
  }

  private String loss(OptionalDouble loss) {
    if (loss.isEmpty()) {
      return "-";
    }
    return rates
        ? Numbers.decimals(100 * loss.getAsDouble(), 4) + " points"
        : Numbers.significant(loss.getAsDouble(), 3);
  }

  /** Where one relative uplift has no mean, all are shown in the unit of the metric. */
  private static boolean relativeMeansExist(ExperimentAnalysis analysis) {
    return analysis.arms().stream()
        .flatMap(arm -> arm.versusControl().stream())
        .allMatch(versus -> versus.relative().mean().isPresent());
  }

  private String uplift(VersusControl versus, boolean relative) {
    OptionalDouble mean = (relative ? versus.relative() : versus.absolute()).mean();
    return mean.isPresent() ? signed(mean.getAsDouble(), relative) : "-";
  }

  private String interval(VersusControl versus, boolean relative) {
    Interval interval = (relative ? versus.relative() : versus.absolute()).interval();
    return "["
        + signed(interval.lower(), relative)
        + ", "
        + signed(interval.upper(), relative)
        + "]";
  }

  private String signed(double uplift, boolean relative) {
    String sign = uplift > 0 ? "+" : "";
    return sign + (relative ? String.format(Locale.ROOT, "%,.1f%%", 100 * uplift) : value(uplift));
  }
}

package io.armwise.service.calculator;

import com.fasterxml.jackson.core.JsonGenerator;
import io.armwise.posterior.classical.PowerModel;
import io.armwise.service.calculator.PowerPlan.Unknown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A power calculation as JSON and for people. */
final class PowerReport {
  private static final List<Double> POWERS = List.of(0.5, 0.8, 0.9, 0.95);
  private static final List<Double> MULTIPLES = List.of(0.5, 1.0, 1.5, 2.0);

  private final String metric;
  private final PowerModel model;
  private final PowerOptions options;
  private final OptionalDouble baseline;
  private final boolean relativeModel;

  /**
   * The writer.
   *
   * @param metric name of the subcommand
   * @param model of the test
   * @param options that the user chose
   * @param baseline mean of the control, where it is known
   * @param relativeModel whether the model's effects are fractions of the baseline
   */
  PowerReport(
      String metric,
      PowerModel model,
      PowerOptions options,
      OptionalDouble baseline,
      boolean relativeModel) {
    this.metric = metric;
    this.model = model;
    this.options = options;
    this.baseline = baseline;
    this.relativeModel = relativeModel;
  }

  /** One line. */
  String json(PowerPlan plan) {
    return JsonOutput.object(
        json -> {
          json.writeStringField("test", metric);
          json.writeStringField("solvedFor", plan.solvedFor().toString());
          number(json, "baseline", baseline);
          number(json, "effect", absolute(plan.effect()));
          number(json, "relativeEffect", relative(plan.effect()));
          json.writeObjectFieldStart("units");
          json.writeNumberField("total", plan.totalUnits());
          json.writeNumberField("control", plan.controlUnits());
          json.writeNumberField("treatment", plan.treatmentUnits());
          JsonOutput.number(json, "exactTotal", plan.exactUnits());
          json.writeEndObject();
          JsonOutput.number(json, "power", plan.power());
          JsonOutput.number(json, "alpha", plan.test().significance());
          json.writeNumberField("sides", plan.test().twoSided() ? 2 : 1);
          JsonOutput.number(json, "treatmentShare", plan.test().treatmentShare());
          OptionalLong days = plan.days(options.perDay);
          if (days.isPresent()) {
            json.writeNumberField("days", days.getAsLong());
          } else {
            json.writeNullField("days");
          }
        });
  }

  /** The answer, and how it changes with what was assumed. */
  List<String> text(PowerPlan plan, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(headline(plan)));
    TextTable table = new TextTable();
    if (options.perDay == null) {
      table.row(style::dim, "power", "effect", "units", "control", "treatment");
    } else {
      table.row(style::dim, "power", "effect", "units", "control", "treatment", "days");
    }
    for (PowerPlan row : neighbours(plan)) {
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.percent(row.power()));
      cells.add(effect(row.effect()));
      cells.add("%,d".formatted(row.totalUnits()));
      cells.add("%,d".formatted(row.controlUnits()));
      cells.add("%,d".formatted(row.treatmentUnits()));
      row.days(options.perDay).ifPresent(days -> cells.add("%,d".formatted(days)));
      boolean chosen = row.power() == plan.power() && row.effect() == plan.effect();
      table.row(chosen ? style::green : line -> line, cells.toArray(String[]::new));
    }
    lines.addAll(table.lines());
    lines.add(
        "  %s test, false alarms %s."
            .formatted(
                plan.test().twoSided() ? "Two-sided" : "One-sided",
                Numbers.percent(plan.test().significance())));
    return lines;
  }

  private String headline(PowerPlan plan) {
    String time = "";
    OptionalLong days = plan.days(options.perDay);
    if (days.isPresent()) {
      time = " (%,d %s)".formatted(days.getAsLong(), days.getAsLong() == 1 ? "day" : "days");
    }
    String units = "%,d units%s".formatted(plan.totalUnits(), time);
    return switch (plan.solvedFor()) {
      case UNITS ->
          "%s show an effect of %s with probability %s."
              .formatted(units, effect(plan.effect()), Numbers.percent(plan.power()));
      case EFFECT ->
          "The smallest effect that %s show with probability %s is %s."
              .formatted(units, Numbers.percent(plan.power()), effect(plan.effect()));
      case POWER ->
          "%s show an effect of %s with probability %s."
              .formatted(units, effect(plan.effect()), Numbers.percent(plan.power()));
    };
  }

  /** The plan among others: other powers, or where power was asked for, other effects. */
  private List<PowerPlan> neighbours(PowerPlan plan) {
    List<PowerPlan> plans = new ArrayList<>();
    if (plan.solvedFor() == Unknown.POWER) {
      for (double multiple : MULTIPLES) {
        double effect = multiple * plan.effect();
        if (Math.abs(effect) < Math.abs(model.largestEffect(effect > 0))) {
          PowerPlan.solve(model, effect, plan.exactUnits(), plan.power(), true)
              .ifPresent(plans::add);
        }
      }
      return plans;
    }
    boolean fixedEffect = plan.solvedFor() == Unknown.UNITS;
    List<Double> powers = new ArrayList<>(POWERS);
    if (!powers.contains(plan.power())) {
      powers.add(plan.power());
      powers.sort(null);
    }
    for (double power : powers) {
      PowerPlan.solve(
              model,
              fixedEffect ? plan.effect() : null,
              fixedEffect ? null : plan.exactUnits(),
              power,
              !options.decrease)
          .ifPresent(plans::add);
    }
    return plans;
  }

  private OptionalDouble absolute(double effect) {
    if (!relativeModel) {
      return OptionalDouble.of(effect);
    }
    return baseline.isPresent()
        ? OptionalDouble.of(effect * baseline.getAsDouble())
        : OptionalDouble.empty();
  }

  private OptionalDouble relative(double effect) {
    if (relativeModel) {
      return OptionalDouble.of(effect);
    }
    return baseline.isPresent()
        ? OptionalDouble.of(effect / baseline.getAsDouble())
        : OptionalDouble.empty();
  }

  private String effect(double effect) {
    OptionalDouble absolute = absolute(effect);
    OptionalDouble relative = relative(effect);
    String text =
        absolute.isPresent() ? signed(Numbers.significant(absolute.getAsDouble(), 4), effect) : "";
    String percent =
        relative.isPresent()
            ? signed(String.format(Locale.ROOT, "%,.2f%%", 100 * relative.getAsDouble()), effect)
            : "";
    return percent.isEmpty() ? text : text + " (" + percent + ")";
  }

  private static String signed(String number, double effect) {
    return effect > 0 ? "+" + number : number;
  }

  private static void number(JsonGenerator json, String field, OptionalDouble value)
      throws IOException {
    JsonOutput.number(json, field, value.orElse(Double.NaN));
  }
}

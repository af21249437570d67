package io.armwise.service.calculator;

import io.armwise.posterior.sequential.CrossingProbabilities;
import io.armwise.posterior.sequential.GroupSequentialDesign;
import io.armwise.posterior.sequential.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A group sequential design as JSON and for people. */
final class BoundariesReport {
  private final String name;
  private final double alpha;
  private final GroupSequentialDesign design;
  private final double drift;
  private final CrossingProbabilities underNull;
  private final CrossingProbabilities underDrift;

  /**
   * The report.
   *
   * @param name of the design
   * @param alpha type I error that was asked for
   * @param design its boundaries
   * @param drift expected z at full information, for power and expected size
   */
  BoundariesReport(String name, double alpha, GroupSequentialDesign design, double drift) {
    this.name = name;
    this.alpha = alpha;
    this.design = design;
    this.drift = drift;
    underNull = design.crossing(0);
    underDrift = design.crossing(drift);
  }

  /** One line. */
  String json() {
    double power = underDrift.upperTotal();
    OptionalDouble inflation = inflation();
    double expected = design.expectedInformation(drift);
    return JsonOutput.object(
        json -> {
          json.writeStringField("design", name);
          JsonOutput.number(json, "alpha", alpha);
          json.writeNumberField("sides", design.sides() == Sides.TWO ? 2 : 1);
          json.writeArrayFieldStart("looks");
          for (Look look : looks()) {
            json.writeStartObject();
            json.writeNumberField("look", look.number());
            JsonOutput.number(json, "fraction", look.fraction());
            JsonOutput.number(json, "z", look.bound());
            JsonOutput.number(json, "nominalP", look.nominalP());
            JsonOutput.number(json, "cumulativeAlpha", look.cumulativeAlpha());
            JsonOutput.number(json, "stopProbability", look.stopProbability());
            JsonOutput.number(json, "cumulativePower", look.cumulativePower());
            json.writeEndObject();
          }
          json.writeEndArray();
          JsonOutput.number(json, "drift", drift);
          JsonOutput.number(json, "power", power);
          JsonOutput.number(json, "inflation", inflation.orElse(Double.NaN));
          JsonOutput.number(json, "expectedInformation", expected);
          JsonOutput.number(json, "expectedSizeToFixed", inflation.orElse(Double.NaN) * expected);
        });
  }

  /** A table and what the looks cost. */
  List<String> text(Style style) {
    List<String> lines = new ArrayList<>();
    int count = design.bounds().size();
    lines.add(
        style.bold(
            "%s, %d %s, false alarms %s over all of them (%s)"
                .formatted(
                    name,
                    count,
                    count == 1 ? "look" : "looks",
                    Numbers.percent(underNull.total()),
                    design.sides() == Sides.TWO ? "two-sided" : "one-sided")));
    TextTable table = new TextTable();
    table.row(
        style::dim, "look", "information", "z", "nominal p", "alpha spent", "P(stop)", "power");
    for (Look look : looks()) {
      table.row(
          String.valueOf(look.number()),
          fixed(look.fraction(), 4),
          Double.isFinite(look.bound()) ? fixed(look.bound(), 4) : "never",
          Numbers.significant(look.nominalP(), 3),
          Numbers.significant(look.cumulativeAlpha(), 3),
          Numbers.percent(look.stopProbability()),
          Numbers.percent(look.cumulativePower()));
    }
    lines.addAll(table.lines());
    double expected = design.expectedInformation(drift);
    lines.add(
        "  If the expected z at the end is %s: power %s, ends on average at %s of the information."
            .formatted(
                fixed(drift, 4),
                Numbers.percent(underDrift.upperTotal()),
                Numbers.percent(expected)));
    inflation()
        .ifPresent(
            inflation ->
                lines.add(
                    "  Against a test without looks: at most %s times its units, on average %s."
                        .formatted(fixed(inflation, 4), fixed(inflation * expected, 4))));
    return lines;
  }

  private record Look(
      int number,
      double fraction,
      double bound,
      double nominalP,
      double cumulativeAlpha,
      double stopProbability,
      double cumulativePower) {}

  private List<Look> looks() {
    List<Look> looks = new ArrayList<>();
    List<Double> nominal = design.nominalPValues();
    double spent = 0;
    double power = 0;
    for (int k = 0; k < design.bounds().size(); k++) {
      spent += underNull.upper().get(k) + underNull.lower().get(k);
      power += underDrift.upper().get(k);
      looks.add(
          new Look(
              k + 1,
              design.fractions().get(k),
              design.bounds().get(k),
              nominal.get(k),
              spent,
              underDrift.upper().get(k) + underDrift.lower().get(k),
              power));
    }
    return looks;
  }

  /** Defined where the drift makes the test better than chance and not certain. */
  private OptionalDouble inflation() {
    double power = underDrift.upperTotal();
    return power > underNull.upperTotal() && power < 1 - 1e-12
        ? OptionalDouble.of(design.inflationFactor(power))
        : OptionalDouble.empty();
  }

  private static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}

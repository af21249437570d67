package io.armwise.service.dashboard.editor;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.Direction;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.MeanPower;
import io.armwise.posterior.classical.PlannedTest;
import io.armwise.posterior.classical.PowerModel;
import io.armwise.posterior.classical.ProportionPower;
import io.armwise.service.dashboard.HumanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what a design takes by the power of a classical test, each arm against the control with
 * equal shares: two-sided at 5 %, seen in four cases of five. A bandit moves traffic and stops by
 * its own rule, so it may take more or less; the certificate of a design simulates that. Pure.
 */
final class Plans {
  private static final double SIGNIFICANCE = 0.05;
  private static final double POWER = 0.8;
  private static final List<Double> MULTIPLES = List.of(0.5, 1.0, 2.0);
  private static final int[] HORIZONS = {7, 14, 28};
  private static final double LONG_DAYS = 90;
  private static final String UNKNOWN = "–";

  private final ExperimentDefinition definition;
  private final boolean rate;
  private final OptionalDouble perDay;

  private Plans(ExperimentDefinition definition, OptionalDouble perDay) {
    this.definition = definition;
    this.rate = definition.metric().kind() == MetricKind.BINARY;
    this.perDay = perDay;
  }

  /** A form that breaks rules has no plan yet. */
  static PlanView unfinished() {
    return new PlanView(
        "The estimate appears when the fields above it are complete.",
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * The plan of a valid design.
   *
   * @param form with the fields {@code plan.baseline}, {@code plan.sd} and {@code plan.perDay}
   */
  static PlanView of(ExperimentDefinition definition, DefinitionForm form) {
    OptionalDouble perDay = HumanText.number(form.text("plan.perDay"));
    Plans plans =
        new Plans(
            definition,
            perDay.isPresent() && perDay.getAsDouble() > 0 ? perDay : OptionalDouble.empty());
    return plans.view(plans.model(form));
  }

  /** The test's power, once what it depends on is known. */
  private @Nullable PowerModel model(DefinitionForm form) {
    PlannedTest test = PlannedTest.twoSided(SIGNIFICANCE);
    OptionalDouble baseline = first(form, "plan.baseline", "prior.expected");
    return switch (definition.metric().kind()) {
      case BINARY ->
          baseline.isPresent() && baseline.getAsDouble() > 0 && baseline.getAsDouble() < 1
              ? new ProportionPower(
                  test, baseline.getAsDouble(), ProportionPower.NullVariance.POOLED)
              : null;
      case COUNT ->
          // Counts of a Poisson process: the variance of one unit is its mean.
          baseline.isPresent() && baseline.getAsDouble() > 0
              ? new MeanPower(test, Math.sqrt(baseline.getAsDouble()), MeanPower.Law.NORMAL)
              : null;
      case CONTINUOUS -> {
        OptionalDouble sd = first(form, "plan.sd", "prior.sd");
        yield sd.isPresent() && sd.getAsDouble() > 0
            ? new MeanPower(test, sd.getAsDouble(), MeanPower.Law.STUDENT_T)
            : null;
      }
    };
  }

  private OptionalDouble first(DefinitionForm form, String name, String fallback) {
    String text = form.text(name).isEmpty() ? form.text(fallback) : form.text(name);
    return rate ? HumanText.fraction(text) : HumanText.number(text);
  }

  private PlanView view(@Nullable PowerModel model) {
    List<PlanView.Effect> effects = new ArrayList<>();
    List<PlanView.Horizon> horizons = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    String priorWarning = PriorText.warning(definition);
    if (priorWarning != null) {
      warnings.add(priorWarning);
    }
    if (model == null) {
      return new PlanView(missing(), null, effects, horizons, notes(), warnings);
    }
    Metric metric = definition.metric();
    double sign = metric.direction() == Direction.INCREASE ? 1 : -1;
    for (double multiple : MULTIPLES) {
      double effect = sign * multiple * metric.smallestEffect();
      double perArm = perArm(model, effect);
      if (Double.isFinite(perArm)) {
        effects.add(
            new PlanView.Effect(
                amount(Math.abs(effect)), count(perArm), days(perArm), multiple == 1));
      }
    }
    for (int days : HORIZONS) {
      horizon(model, days, sign > 0).ifPresent(horizons::add);
    }
    double perArm = perArm(model, sign * metric.smallestEffect());
    double days = duration(perArm);
    if (days > LONG_DAYS) {
      warnings.add(
          "That is long. Look for a larger effect, fewer arms, more traffic, or a metric that moves"
              + " more.");
    }
    return new PlanView(null, sentence(perArm, days), effects, horizons, notes(), warnings);
  }

  private String missing() {
    return switch (definition.metric().kind()) {
      case BINARY -> "Say what the rate is today, and the estimate appears here.";
      case COUNT -> "Say what the count per unit is today, and the estimate appears here.";
      case CONTINUOUS ->
          "Say how much the metric varies from unit to unit (its standard deviation), and the"
              + " estimate appears here.";
    };
  }

  private String sentence(double perArm, double days) {
    if (!Double.isFinite(perArm)) {
      return "No number of units shows an effect of that size: it would leave the metric's range.";
    }
    String units =
        String.format(
            Locale.ROOT,
            "To see a change of %s in four cases of five takes about %s units per arm, %s in all",
            amount(definition.metric().smallestEffect()),
            count(perArm),
            count(perArm * liveArms()));
    return Double.isFinite(days) ? units + ": " + daysText(days) + "." : units + ".";
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(PriorText.meaning(definition));
    double floor = definition.allocation().constraints().floor();
    if (floor > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The floor keeps %s of the traffic on arms other than the best: the price of noticing"
                  + " when the world changes.",
              percent(floor * (liveArms() - 1))));
    }
    notes.add(
        "Estimated for a fixed equal split, each arm against the control, two-sided at 5\u00a0%."
            + " A bandit sends fewer units to bad arms on the way.");
    return notes;
  }

  private double perArm(PowerModel model, double effect) {
    boolean inRange = Math.abs(effect) < Math.abs(model.largestEffect(effect > 0));
    return inRange
        ? Math.ceil(model.totalUnits(effect, POWER) / 2 * (1 - 1e-12))
        : Double.POSITIVE_INFINITY;
  }

  private Optional<PlanView.Horizon> horizon(PowerModel model, int days, boolean up) {
    if (perDay.isEmpty()) {
      return Optional.empty();
    }
    double pair = 2 * days * perDay.getAsDouble() * definition.trafficShare() / liveArms();
    return switch (model.minimumDetectableEffect(pair, POWER, up)) {
      case Inference.Result<Double>(Double effect) ->
          Optional.of(new PlanView.Horizon(days + "\u00a0days", amount(Math.abs(effect))));
      case Inference.NotEnough<Double> _ -> Optional.empty();
    };
  }

  private double duration(double perArm) {
    return perDay.isPresent()
        ? Math.max(
            definition.rule().minimumDays(),
            perArm * liveArms() / (perDay.getAsDouble() * definition.trafficShare()))
        : Double.NaN;
  }

  private String days(double perArm) {
    double days = duration(perArm);
    return Double.isFinite(days) ? daysText(days) : UNKNOWN;
  }

  private static String daysText(double days) {
    long whole = (long) Math.ceil(days);
    return String.format(Locale.ROOT, "%,d\u00a0day%s", whole, whole == 1 ? "" : "s");
  }

  private long liveArms() {
    return definition.arms().stream().filter(arm -> !arm.retired()).count();
  }

  private String amount(double amount) {
    return rate ? significant(100 * amount) + "\u00a0pp" : significant(amount);
  }

  private static String percent(double fraction) {
    return significant(100 * fraction) + "\u00a0%";
  }

  private static String significant(double value) {
    int decimals = value > 0 ? Math.clamp(1 - (long) Math.floor(Math.log10(value)), 0, 8) : 0;
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  private static String count(double units) {
    return String.format(Locale.ROOT, "%,.0f", units);
  }
}

package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.NormalPrior;
import io.armwise.posterior.Prior;
import io.armwise.service.dashboard.HumanText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a prior says, by an expected value and by what it is worth in units. Pure. */
public final class PriorText {
  private static final double LEVEL = 0.95;

  /** Worth less than this, a prior says nothing that a first unit would not outweigh. */
  private static final double NO_OPINION = 0.1;

  /** A prior worth more than this fraction of the minimum units shapes the first figures. */
  private static final double STRONG = 0.25;

  private PriorText() {}

  /**
   * The document of a prior.
   *
   * @param kind of the metric
   * @param expected value before any data
   * @param worth in units
   * @param sd of one unit, for continuous metrics
   */
  static JsonNode prior(String kind, double expected, double worth, double sd) {
    ObjectNode prior = JsonNodeFactory.instance.objectNode();
    switch (kind) {
      case "continuous" ->
          prior
              .put("type", "normal-inverse-gamma")
              .put("mean", expected)
              .put("pseudoUnits", worth)
              .put("shape", worth / 2)
              .put("scale", worth / 2 * sd * sd);
      case "count" -> prior.put("type", "gamma").put("shape", expected * worth).put("rate", worth);
      default ->
          prior
              .put("type", "beta")
              .put("alpha", expected * worth)
              .put("beta", (1 - expected) * worth);
    }
    return prior;
  }

  /**
   * The form's fields that give a prior back; empty for a prior that they cannot say.
   *
   * @return text by name
   */
  static Optional<Map<String, String>> fields(Prior<?> prior) {
    return switch (prior) {
      case BetaPrior(double alpha, double beta) ->
          Optional.of(
              Map.of(
                  "prior.expected",
                  HumanText.percent(alpha / (alpha + beta)),
                  "prior.worth",
                  HumanText.plain(alpha + beta)));
      case GammaPrior(double shape, double rate) when rate >= NO_OPINION ->
          Optional.of(
              Map.of(
                  "prior.expected",
                  HumanText.plain(shape / rate),
                  "prior.worth",
                  HumanText.plain(rate)));
      case NormalInverseGammaPrior(double mean, double worth, double shape, double scale)
          when worth >= NO_OPINION && Math.abs(2 * shape - worth) <= 1e-12 * worth ->
          Optional.of(
              Map.of(
                  "prior.expected",
                  HumanText.plain(mean),
                  "prior.worth",
                  HumanText.plain(worth),
                  "prior.sd",
                  HumanText.plain(Math.sqrt(scale / shape))));
      case GammaPrior weak -> Optional.empty();
      case NormalInverseGammaPrior other -> Optional.empty();
      case NormalPrior other -> Optional.empty();
    };
  }

  /** What the prior of a definition means before any data. */
  public static String meaning(ExperimentDefinition definition) {
    Prior<?> prior = definition.metric().prior();
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    String worth = "The prior is worth " + number(prior.worth()) + " units per arm";
    return switch (prior) {
      case BetaPrior(double alpha, double beta) ->
          worth
              + ", as if "
              + number(alpha)
              + " of them had responded. "
              + belief(new BetaPosterior(alpha, beta).centralInterval(LEVEL), rate);
      case GammaPrior(double shape, double rate1) when rate1 >= NO_OPINION ->
          worth + ". " + belief(new GammaPosterior(shape, rate1).centralInterval(LEVEL), false);
      case NormalInverseGammaPrior normal when normal.worth() >= NO_OPINION ->
          worth + ". " + belief(normal.marginalOfMean().centralInterval(LEVEL), false);
      case GammaPrior weak -> "The prior has no opinion: the first unit outweighs it.";
      case NormalInverseGammaPrior weak -> "The prior has no opinion: the first unit outweighs it.";
      case NormalPrior other -> worth + ".";
    };
  }

  /** A warning about a prior that is worth much beside the data it will meet; null if it is not. */
  static @Nullable String warning(ExperimentDefinition definition) {
    double worth = definition.metric().prior().worth();
    long units = definition.rule().minimumUnits();
    return worth > STRONG * units
        ? String.format(
            Locale.ROOT,
            "That is much beside your minimum of %,d units: the first figures will say what you"
                + " believed, not what you measured.",
            units)
        : null;
  }

  private static String belief(Interval interval, boolean rate) {
    return "Before any data it puts 95\u00a0% on "
        + (rate
            ? number(100 * interval.lower()) + " to " + number(100 * interval.upper()) + "\u00a0%."
            : number(interval.lower()) + " to " + number(interval.upper()) + ".");
  }

  private static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 1 ? 1 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}

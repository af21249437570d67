package io.armwise.service.dashboard.flag;

import io.armwise.bandits.allocation.Shares;
import io.armwise.service.dashboard.Words;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.flag.FlagRow.Source;
import io.armwise.service.dashboard.flag.FlagRow.Status;
import io.armwise.service.dashboard.flag.FlagRow.VariantRow;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.Flag.ByExperiment;
import io.armwise.service.flag.Flag.OfVariants;
import io.armwise.service.flag.Flag.Variant;
import io.armwise.service.platform.json.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts flags into words. Immutable. */
final class FlagRows {
  private final Map<String, String> experiments;

  /**
   * Words for flags.
   *
   * @param experiments names by key
   */
  FlagRows(Map<String, String> experiments) {
    this.experiments = Map.copyOf(experiments);
  }

  /** The experiments' names by key, in their order. */
  static Map<String, String> names(List<Experiment> experiments) {
    return experiments.stream()
        .collect(
            Collectors.toMap(
                Experiment::key,
                experiment -> experiment.definition().name(),
                (one, _) -> one,
                LinkedHashMap::new));
  }

  FlagRow of(Flag flag) {
    String name = Objects.requireNonNullElse(flag.document().name(), flag.key());
    String changed = Words.minute(flag.updatedAt());
    String sentence = sentence(flag.serving());
    return switch (flag.serving()) {
      case ByExperiment(String experiment) ->
          new FlagRow(
              flag.key(),
              name,
              flag.version(),
              Status.EXPERIMENT,
              "–",
              sentence,
              List.of(),
              null,
              source(experiment, "decided by"),
              changed);
      case OfVariants variants ->
          new FlagRow(
              flag.key(),
              name,
              flag.version(),
              variants.enabled() ? Status.ON : Status.OFF,
              type(variants.variants().getFirst()),
              sentence,
              rows(variants),
              variants.targeting() == null ? null : variants.targeting().expression(),
              // Only shipping lets a flag have the key of an experiment.
              source(flag.key(), "shipped from"),
              changed);
    };
  }

  private @Nullable Source source(String experiment, String word) {
    String name = experiments.get(experiment);
    return name == null ? null : new Source(experiment, name, word);
  }

  private static String type(Variant variant) {
    return StrictJson.tree(variant.value()).getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /** What units get. */
  String sentence(Flag.Serving serving) {
    return switch (serving) {
      case ByExperiment(String experiment) ->
          "Units get what the experiment "
              + experiments.getOrDefault(experiment, experiment)
              + " decides.";
      case OfVariants variants -> sentence(variants);
    };
  }

  private static String sentence(OfVariants serving) {
    String other = serving.variants().get(serving.otherwise()).key();
    if (!serving.enabled()) {
      return "Switched off: everybody gets " + other + ".";
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < serving.variants().size(); i++) {
      if (serving.shares().share(i) > 0) {
        parts.add(share(serving.shares(), i) + " get " + serving.variants().get(i).key());
      }
    }
    boolean one = parts.size() == 1;
    String served =
        one
            ? (serving.targeting() == null
                    ? "Everybody gets "
                    : "Units for which the condition holds get ")
                + key(serving)
            : (serving.targeting() == null ? "" : "Where the condition holds, ")
                + parts.stream().collect(Collectors.joining(", "));
    return serving.targeting() == null ? served + "." : served + "; all others get " + other + ".";
  }

  /** The only variant that is served. */
  private static String key(OfVariants serving) {
    for (int i = 0; i < serving.variants().size(); i++) {
      if (serving.shares().share(i) > 0) {
        return serving.variants().get(i).key();
      }
    }
    throw new IllegalStateException("a flag's shares must sum to one");
  }

  private static List<VariantRow> rows(OfVariants serving) {
    List<VariantRow> rows = new ArrayList<>();
    for (int i = 0; i < serving.variants().size(); i++) {
      Variant variant = serving.variants().get(i);
      double now =
          serving.enabled()
              ? serving.shares().share(i) / (double) Shares.TOTAL
              : i == serving.otherwise() ? 1 : 0;
      rows.add(
          new VariantRow(
              i,
              variant.key(),
              variant.value(),
              now,
              Words.percent(now, 1),
              Axis.percentOf(now),
              i == serving.otherwise()));
    }
    return rows;
  }

  private static String share(Shares shares, int variant) {
    return Words.percent(shares.share(variant) / (double) Shares.TOTAL, 1);
  }
}

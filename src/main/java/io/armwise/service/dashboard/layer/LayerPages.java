package io.armwise.service.dashboard.layer;

import io.armwise.bandits.assignment.Layer;
import io.armwise.service.dashboard.ArmRow;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.dashboard.Shell;
import io.armwise.service.dashboard.Words;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.layer.LayerPage.HoldoutRow;
import io.armwise.service.dashboard.layer.LayerPage.LayerRow;
import io.armwise.service.dashboard.layer.LayerPage.TakenRow;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.experiment.LayerChanges;
import io.armwise.service.experiment.LayerDocuments.HoldoutView;
import io.armwise.service.experiment.LayerDocuments.LayerView;
import io.armwise.service.experiment.LayerDocuments.Range;
import io.armwise.service.experiment.LayerDocuments.Taken;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts layers and holdouts into words. Thread-safe. */
@Singleton
final class LayerPages {
  private final LayerChanges changes;
  private final ExperimentStore experiments;

  LayerPages(LayerChanges changes, ExperimentStore experiments) {
    this.changes = changes;
    this.experiments = experiments;
  }

  LayerPage of(Shell shell, @Nullable String done) {
    Map<String, String> names =
        experiments.list().stream()
            .collect(
                Collectors.toMap(Experiment::key, experiment -> experiment.definition().name()));
    return new LayerPage(
        shell,
        done,
        changes.layers().stream().map(layer -> row(layer, names)).toList(),
        changes.holdouts().stream()
            .sorted(Comparator.comparing((HoldoutView holdout) -> holdout.endedAt() != null))
            .map(LayerPages::row)
            .toList());
  }

  private static LayerRow row(LayerView layer, Map<String, String> names) {
    List<TakenRow> taken = new ArrayList<>();
    for (Taken range : layer.experiments()) {
      taken.add(
          new TakenRow(
              ArmRow.colour(taken.size()),
              range.experiment(),
              names.getOrDefault(range.experiment(), range.experiment()),
              range.status(),
              Axis.percentOf(fraction(range.from())),
              Axis.percentOf(fraction(range.until() - range.from())),
              range(range.from(), range.until())));
    }
    int room = layer.free().stream().mapToInt(free -> free.until() - free.from()).sum();
    String free =
        room == 0
            ? "No room is left."
            : HumanText.percent(fraction(room)) + " free: " + ranges(layer.free()) + ".";
    return new LayerRow(layer.key(), layer.name(), taken, free);
  }

  private static HoldoutRow row(HoldoutView holdout) {
    Instant ended = holdout.endedAt();
    return new HoldoutRow(
        holdout.key(),
        holdout.name(),
        scope(holdout.layer()),
        range(holdout.from(), holdout.until()),
        Words.minute(holdout.createdAt()),
        ended == null ? null : Words.minute(ended));
  }

  /** What a holdout keeps its units out of. */
  static String scope(@Nullable String layer) {
    return layer == null ? "all experiments" : "experiments in the layer " + layer;
  }

  private static String ranges(List<Range> ranges) {
    return ranges.stream()
        .map(range -> range(range.from(), range.until()))
        .collect(Collectors.joining(", "));
  }

  private static String range(int from, int until) {
    return HumanText.percent(fraction(from)) + " to " + HumanText.percent(fraction(until));
  }

  private static double fraction(int buckets) {
    return buckets / (double) Layer.BUCKETS;
  }
}

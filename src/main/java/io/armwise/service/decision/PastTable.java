package io.armwise.service.decision;

import io.armwise.bandits.decision.DecisionTable;
import io.armwise.bandits.decision.ExperimentState.HoldoutRange;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.service.experiment.Conditions;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.experiment.LayerStore;
import io.armwise.service.experiment.LayerStore.StoredHoldout;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.LiveExperiment;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What nodes decided by at an earlier time: from the versions of experiments and of their
 * allocations.
 */
@Singleton
final class PastTable {
  private final ExperimentVersions versions;
  private final AllocationStore allocations;
  private final LayerStore layers;

  PastTable(ExperimentVersions versions, AllocationStore allocations, LayerStore layers) {
    this.versions = versions;
    this.allocations = allocations;
    this.layers = layers;
  }

  /**
   * An experiment as it was, with those it depends on.
   *
   * @param live the experiment
   * @param table the experiment and all that it depends on
   */
  record Past(LiveExperiment live, DecisionTable table) {}

  /**
   * An experiment at a time; empty if it did not exist or had no allocation.
   *
   * @param version the allocation version, or null for the newest of that time
   */
  Optional<Past> at(DSLContext transaction, String key, Instant at, @Nullable Long version) {
    List<StoredHoldout> holdouts =
        layers.holdouts(transaction).stream().filter(holdout -> wasInForce(holdout, at)).toList();
    Map<String, LiveExperiment> found = new HashMap<>();
    Deque<String> wanted = new ArrayDeque<>(List.of(key));
    while (!wanted.isEmpty()) {
      String next = wanted.remove();
      if (found.containsKey(next)) {
        continue;
      }
      Optional<LiveExperiment> live =
          one(transaction, next, at, next.equals(key) ? version : null, holdouts);
      live.ifPresent(
          experiment -> {
            found.put(next, experiment);
            wanted.addAll(named(experiment.definition().participation()));
          });
    }
    LiveExperiment live = found.get(key);
    return live == null
        ? Optional.empty()
        : Optional.of(
            new Past(
                live,
                DecisionTable.of(found.values().stream().map(LiveExperiment::plan).toList())));
  }

  private static List<String> named(Participation participation) {
    List<String> keys = new ArrayList<>(participation.excludes());
    participation.prerequisites().forEach(other -> keys.add(other.experiment()));
    return keys;
  }

  private Optional<LiveExperiment> one(
      DSLContext transaction,
      String key,
      Instant at,
      @Nullable Long version,
      List<StoredHoldout> holdouts) {
    Experiment experiment = versions.at(transaction, key, at).orElse(null);
    if (experiment == null) {
      return Optional.empty();
    }
    Optional<AllocationVersion> allocation =
        version == null
            ? allocations.inForce(transaction, experiment.id(), at)
            : allocations.find(transaction, experiment.id(), version);
    LayerRange taken = experiment.definition().participation().layer();
    List<HoldoutRange> ranges =
        holdouts.stream()
            .filter(h -> h.layer() == null || (taken != null && h.layer().equals(taken.layer())))
            .map(holdout -> new HoldoutRange(holdout.key(), holdout.range()))
            .toList();
    return allocation.map(
        inForce -> LiveExperiment.of(experiment, inForce, ranges, Conditions.SHARED));
  }

  private static boolean wasInForce(StoredHoldout holdout, Instant at) {
    return !holdout.createdAt().isAfter(at)
        && (holdout.endedAt() == null || holdout.endedAt().isAfter(at));
  }
}

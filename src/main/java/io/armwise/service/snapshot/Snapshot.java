package io.armwise.service.snapshot;

import io.armwise.bandits.decision.DecisionTable;
import io.armwise.service.experiment.LayerStore.StoredHoldout;
import io.armwise.service.experiment.StartedExperiments;
import io.armwise.service.flag.Flag;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All started experiments as of one moment. Immutable; a node swaps one reference to it.
 *
 * @param sequence the highest change it holds
 * @param verifiedAt when it was last known to be the newest
 * @param byKey experiments by key
 * @param byId the same by id
 * @param holdouts all holdouts, ended ones too
 * @param flags all flags by key
 * @param table the experiments, compiled for deciding
 * @param started the same for whoever has no use for allocations
 */
public record Snapshot(
    long sequence,
    Instant verifiedAt,
    Map<String, LiveExperiment> byKey,
    Map<Integer, LiveExperiment> byId,
    List<StoredHoldout> holdouts,
    Map<String, LiveFlag> flags,
    DecisionTable table,
    StartedExperiments started) {

  static Snapshot of(long sequence, Instant verifiedAt, Iterable<LiveExperiment> experiments) {
    return of(sequence, verifiedAt, experiments, List.of(), List.of());
  }

  static Snapshot of(
      long sequence,
      Instant verifiedAt,
      Iterable<LiveExperiment> experiments,
      List<StoredHoldout> holdouts,
      List<Flag> flags) {
    Map<String, LiveExperiment> byKey = new HashMap<>();
    Map<Integer, LiveExperiment> byId = new HashMap<>();
    for (LiveExperiment live : experiments) {
      byKey.put(live.experiment().key(), live);
      byId.put(live.experiment().id(), live);
    }
    return new Snapshot(
        sequence,
        verifiedAt,
        Map.copyOf(byKey),
        Map.copyOf(byId),
        List.copyOf(holdouts),
        liveFlags(flags),
        DecisionTable.of(byId.values().stream().map(LiveExperiment::plan).toList()),
        StartedExperiments.of(
            sequence, byId.values().stream().map(LiveExperiment::experiment).toList()));
  }

  private static Map<String, LiveFlag> liveFlags(List<Flag> flags) {
    Map<String, LiveFlag> live = new HashMap<>();
    flags.forEach(flag -> live.put(flag.key(), LiveFlag.of(flag)));
    return Map.copyOf(live);
  }

  Snapshot verified(Instant at) {
    return new Snapshot(sequence, at, byKey, byId, holdouts, flags, table, started);
  }

  /** The flag with this key. */
  public Optional<LiveFlag> flag(String key) {
    return Optional.ofNullable(flags.get(key));
  }

  /** All flags, by key in their order. */
  public List<Flag> storedFlags() {
    return flags.values().stream()
        .map(LiveFlag::flag)
        .sorted(Comparator.comparing(Flag::key))
        .toList();
  }

  /** The started experiment with this key. */
  public Optional<LiveExperiment> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The started experiment with this id. */
  public Optional<LiveExperiment> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }
}

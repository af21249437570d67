package io.armwise.service.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The experiments that events can be about: those that have been started. Immutable. */
public final class StartedExperiments {
  /** No experiments, as of before the first change. */
  public static final StartedExperiments NONE = of(0, List.of());

  private final long sequence;
  private final Map<String, Experiment> byKey = new HashMap<>();
  private final SortedMap<Integer, Experiment> byId = new TreeMap<>();
  private final Map<String, List<Experiment>> byOutcome = new HashMap<>();

  private StartedExperiments(long sequence, Collection<Experiment> experiments) {
    this.sequence = sequence;
    for (Experiment experiment : experiments) {
      byKey.put(experiment.key(), experiment);
      byId.put(experiment.id(), experiment);
    }
    for (Experiment experiment : byId.values()) {
      for (String outcome : experiment.definition().outcomes()) {
        byOutcome.computeIfAbsent(outcome, _ -> new ArrayList<>()).add(experiment);
      }
    }
  }

  /**
   * These experiments.
   *
   * @param sequence the highest change among them
   */
  public static StartedExperiments of(long sequence, Collection<Experiment> experiments) {
    return new StartedExperiments(sequence, experiments);
  }

  /** These, but {@code changed} as it is now. */
  public StartedExperiments with(long changedAt, Experiment changed) {
    Map<Integer, Experiment> experiments = new TreeMap<>(byId);
    experiments.put(changed.id(), changed);
    return new StartedExperiments(Math.max(sequence, changedAt), experiments.values());
  }

  /** The highest change that is part of this. */
  public long sequence() {
    return sequence;
  }

  /** The experiment with this key. */
  public Optional<Experiment> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The experiment with this id. */
  public Optional<Experiment> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All of them, by id. */
  public Collection<Experiment> all() {
    return byId.values();
  }

  /** The experiments with a metric that reads outcomes of this name, by id. */
  public List<Experiment> measuring(String outcome) {
    return byOutcome.getOrDefault(outcome, List.of());
  }
}

package io.armwise.service.rebuild;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentVersions.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How an experiment's past is measured. Evidence that was made anew is that of the newest
 * measurement from the first event on, so earlier versions are read as if they had measured the
 * same.
 */
final class Generations {
  private Generations() {}

  /** The history as the evidence of today sees it. */
  static List<Version> newest(List<Version> history) {
    return as(history, _ -> true);
  }

  /**
   * The history as the evidence of another day saw it.
   *
   * @param known which versions there were then
   */
  static List<Version> as(List<Version> history, Predicate<Version> known) {
    Map<Integer, Version> counted = new HashMap<>();
    for (Version version : history) {
      if (version.counted() && known.test(version)) {
        counted.put(version.experiment().id(), version);
      }
    }
    List<Version> measured = new ArrayList<>();
    for (Version version : history) {
      Version last = counted.get(version.experiment().id());
      measured.add(
          last != null && version.sequence() < last.sequence()
              ? like(version, last.experiment().definition())
              : version);
    }
    return measured;
  }

  /** The history of an experiment as if it had always been measured so. */
  static List<Version> measured(
      List<Version> history, int experiment, ExperimentDefinition definition) {
    return history.stream()
        .map(
            version ->
                version.experiment().id() == experiment ? like(version, definition) : version)
        .toList();
  }

  /** Whether the evidence that a version of the experiment saw has been replaced since. */
  static boolean isReplaced(List<Version> history, int experiment, long definitionVersion) {
    return history.stream()
        .anyMatch(
            version ->
                version.counted()
                    && version.experiment().id() == experiment
                    && version.experiment().version() > definitionVersion);
  }

  private static Version like(Version version, ExperimentDefinition definition) {
    Experiment experiment = version.experiment();
    return new Version(
        version.sequence(),
        experiment.with(experiment.definition().measuredLike(definition)),
        version.from(),
        version.counted());
  }
}

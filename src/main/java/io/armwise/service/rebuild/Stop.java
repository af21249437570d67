package io.armwise.service.rebuild;

import io.armwise.service.experiment.ExperimentVersions.Version;
import io.armwise.service.snapshot.AllocationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A place in the log where something is to be done before reading on. */
sealed interface Stop {
  /** Per partition the offset up to which the log is read. */
  Map<Integer, Long> positions();

  /** A change of an experiment takes effect. */
  record Changes(Version version) implements Stop {
    @Override
    public Map<Integer, Long> positions() {
      return version.from();
    }
  }

  /** The learner made an allocation. */
  record Allocates(AllocationVersion version) implements Stop {
    @Override
    public Map<Integer, Long> positions() {
      return version.positions();
    }
  }

  /** All states were as of one transaction, so of two stops one lies nowhere before the other. */
  default long depth() {
    return positions().values().stream().mapToLong(Long::longValue).sum();
  }

  /** In the order of the log. */
  static List<Stop> of(List<Version> history, List<AllocationVersion> versions) {
    List<Stop> stops = new ArrayList<>();
    history.forEach(version -> stops.add(new Changes(version)));
    versions.forEach(version -> stops.add(new Allocates(version)));
    stops.sort(Comparator.comparingLong(Stop::depth)); // stable: changes stay in their order
    return stops;
  }
}

package io.armwise.service.rebuild;

import io.armwise.service.evidence.RebuiltEvidence;
import io.armwise.service.experiment.ExperimentVersions.Version;
import io.armwise.service.experiment.StartedExperiments;
import io.armwise.service.rebuild.Rebuild.Progress;
import io.armwise.service.snapshot.AllocationVersion;
import java.util.List;
import java.util.Map;

/**
 * The evidence of the log up to where it has been read, by the aggregator's own classes. One
 * thread.
 */
final class Replay {
  private final RebuiltEvidence made;
  private final Progress progress;
  private StartedExperiments started = StartedExperiments.NONE;
  private long known;
  private long events;
  private long nanos;

  Replay(RebuiltEvidence made, Progress progress) {
    this.made = made;
    this.progress = progress;
  }

  /**
   * Reads on.
   *
   * @param log closed at the end
   * @param stops that lie on the way, in its order
   * @param positions where to end
   * @param allocations told of allocations on the way
   */
  void readTo(
      ReplayedLog log,
      List<Stop> stops,
      Map<Integer, Long> positions,
      AllocationCheck allocations) {
    long begun = System.nanoTime();
    try (log) {
      for (Stop stop : stops) {
        fold(log, stop.positions());
        switch (stop) {
          case Stop.Changes(Version version) ->
              started = started.with(version.sequence(), version.experiment());
          case Stop.Allocates(AllocationVersion version) -> allocations.check(version, made);
        }
      }
      fold(log, positions);
    }
    nanos += System.nanoTime() - begun;
  }

  private void fold(ReplayedLog log, Map<Integer, Long> stop) {
    log.readTo(
        stop,
        records -> {
          made.fold(records, started);
          events += records.size();
          progress.advance(records.size());
        });
  }

  /** Notes which versions the reading so far has come by. */
  void reached(List<Version> history) {
    known = history.isEmpty() ? 0 : history.getLast().sequence();
  }

  /** The versions that the reading so far has not come by. */
  List<Version> after(List<Version> history) {
    return history.stream().filter(version -> version.sequence() > known).toList();
  }

  RebuiltEvidence made() {
    return made;
  }

  /** Records read. */
  long events() {
    return events;
  }

  double seconds() {
    return nanos / 1e9;
  }
}

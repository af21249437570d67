package io.armwise.service.snapshot;

import io.armwise.bandits.decision.Targeting;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.experiment.ExperimentStore.Sequenced;
import io.armwise.service.platform.database.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's snapshot up to date by polling the change numbers. Reading it takes one
 * volatile read; while the database is away the last one stays. Thread-safe.
 */
@Context
public final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final Database database;
  private final ExperimentStore experiments;
  private final AllocationStore allocations;
  private final Clock clock;
  private volatile Snapshot current;

  Snapshots(
      Database database,
      ExperimentStore experiments,
      AllocationStore allocations,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.experiments = experiments;
    this.allocations = allocations;
    this.clock = clock;
    this.current = Snapshot.of(0, clock.instant(), List.of());
    meters.gauge("armwise.snapshot.age.seconds", this, s -> s.age().toMillis() / 1000.0);
    meters.gauge("armwise.snapshot.sequence", this, s -> s.current().sequence());
  }

  /** The snapshot in force. */
  public Snapshot current() {
    return current;
  }

  /** How long ago the snapshot was known to be the newest. */
  public Duration age() {
    return Duration.between(current.verifiedAt(), clock.instant());
  }

  /** Looks for changes now; what is committed before the call is in the snapshot after it. */
  @PostConstruct
  public synchronized void refresh() {
    Snapshot before = current;
    Instant now = clock.instant();
    Snapshot after =
        database.snapshotResult(
            transaction -> {
              List<Sequenced> changed = experiments.startedSince(transaction, before.sequence());
              List<AllocationVersion> allocated =
                  allocations.newestSince(transaction, before.sequence());
              return changed.isEmpty() && allocated.isEmpty()
                  ? before.verified(now)
                  : merge(before, now, changed, allocated);
            });
    current = after;
  }

  @Scheduled(fixedDelay = "${armwise.snapshot.poll:250ms}", initialDelay = "250ms")
  void poll() {
    try {
      refresh();
    } catch (DataAccessException e) {
      LOG.warn("Snapshot not refreshed, decisions go on from the last: {}", e.getMessage());
    }
  }

  private static Snapshot merge(
      Snapshot before, Instant now, List<Sequenced> changed, List<AllocationVersion> allocated) {
    long sequence = before.sequence();
    Map<Integer, Experiment> experiments = new HashMap<>();
    Map<Integer, AllocationVersion> versions = new HashMap<>();
    before
        .byId()
        .forEach(
            (id, live) -> {
              experiments.put(id, live.experiment());
              versions.put(id, live.allocation());
            });
    for (Sequenced change : changed) {
      experiments.put(change.experiment().id(), change.experiment());
      sequence = Math.max(sequence, change.sequence());
    }
    for (AllocationVersion version : allocated) {
      versions.put(version.experiment(), version);
      sequence = Math.max(sequence, version.sequence());
    }
    // An experiment that has just started gets its first allocation a moment later, under a higher
    // number; it must not be passed over then.
    for (Sequenced change : changed) {
      if (!versions.containsKey(change.experiment().id())) {
        sequence = Math.min(sequence, change.sequence() - 1);
      }
    }
    return Snapshot.of(
        sequence,
        now,
        versions.values().stream()
            .flatMap(
                version ->
                    Stream.ofNullable(experiments.get(version.experiment()))
                        .map(experiment -> compiled(before, experiment, version)))
            .toList());
  }

  /** What has not changed is not compiled again. */
  private static LiveExperiment compiled(
      Snapshot before, Experiment experiment, AllocationVersion version) {
    LiveExperiment known = before.byId().get(experiment.id());
    return known != null
            && known.experiment().version() == experiment.version()
            && known.allocation().version() == version.version()
        ? known
        : LiveExperiment.of(experiment, version, List.of(), Targeting.Compiler.NONE);
  }
}

package io.armwise.service.snapshot;

import io.armwise.bandits.decision.ExperimentState.HoldoutRange;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.service.experiment.Conditions;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.experiment.ExperimentStore.Sequenced;
import io.armwise.service.experiment.LayerStore;
import io.armwise.service.experiment.LayerStore.StoredHoldout;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.FlagStore;
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
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's snapshot up to date by polling the change numbers. Reading it takes one
 * volatile read; while the database is away the last one stays, and a node that starts meanwhile
 * takes the one on its disk. Thread-safe.
 */
@Context
public final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final Database database;
  private final ExperimentStore experiments;
  private final AllocationStore allocations;
  private final LayerStore layers;
  private final FlagStore flags;
  private final SnapshotFile file;
  private final Clock clock;
  private volatile Snapshot current;
  private volatile Freshness freshness;

  /** Whether the snapshot is from the disk: then it is a stand-in, and no base for changes. */
  private volatile boolean standIn;

  /** Whether the last poll failed; for the polling thread, so that the log tells it once. */
  private boolean failing;

  Snapshots(
      Database database,
      ExperimentStore experiments,
      AllocationStore allocations,
      LayerStore layers,
      FlagStore flags,
      SnapshotFile file,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.experiments = experiments;
    this.allocations = allocations;
    this.layers = layers;
    this.flags = flags;
    this.file = file;
    this.clock = clock;
    this.current = Snapshot.of(0, clock.instant(), List.of());
    this.freshness = Freshness.verified(System.nanoTime());
    meters.gauge("armwise.snapshot.age.seconds", this, s -> s.age().toMillis() / 1000.0);
    meters.gauge("armwise.snapshot.sequence", this, s -> s.current().sequence());
  }

  /** The snapshot in force. */
  public Snapshot current() {
    return current;
  }

  /** How long ago the snapshot was known to be the newest. */
  public Duration age() {
    return freshness.age(System.nanoTime());
  }

  /** Whether the snapshot is from this node's disk. */
  boolean isFromDisk() {
    return standIn;
  }

  @PostConstruct
  void open() {
    if (database.isOpen()) {
      refresh();
      return;
    }
    Snapshot saved = file.load(Conditions.SHARED);
    freshness = Freshness.restored(saved.verifiedAt(), clock.instant(), System.nanoTime());
    current = saved;
    standIn = true;
  }

  /** Looks for changes now; what is committed before the call is in the snapshot after it. */
  public synchronized void refresh() {
    Instant now = clock.instant();
    long ticks = System.nanoTime();
    Snapshot after = database.snapshotResult(transaction -> read(transaction, now));
    current = after;
    freshness = Freshness.verified(ticks);
    standIn = false;
    file.offer(after);
  }

  private Snapshot read(DSLContext transaction, Instant now) {
    Snapshot before = standIn ? Snapshot.of(0, now, List.of()) : current;
    Long last =
        transaction.fetchSingle("select last_value from change_sequence").get(0, Long.class);
    if (last == null || last < before.sequence()) {
      LOG.warn("The database has gone back from change {} to {}", before.sequence(), last);
      before = Snapshot.of(0, now, List.of());
    }
    List<Sequenced> changed = experiments.startedSince(transaction, before.sequence());
    List<AllocationVersion> allocated = allocations.newestSince(transaction, before.sequence());
    List<StoredHoldout> holdouts = layers.holdouts(transaction);
    List<Flag> newest = flags.list(transaction);
    return changed.isEmpty()
            && allocated.isEmpty()
            && holdouts.equals(before.holdouts())
            && newest.equals(before.storedFlags())
        ? before.verified(now)
        : merge(before, now, changed, allocated, holdouts, newest);
  }

  @Scheduled(fixedDelay = "${armwise.snapshot.poll:250ms}", initialDelay = "250ms")
  void poll() {
    try {
      refresh();
      if (failing) {
        LOG.info("The snapshot is fresh again");
      }
      failing = false;
    } catch (DataAccessException e) {
      if (!failing) {
        LOG.warn("Snapshot not refreshed, decisions go on from the last: {}", e.getMessage());
      }
      failing = true;
    }
  }

  private static Snapshot merge(
      Snapshot before,
      Instant now,
      List<Sequenced> changed,
      List<AllocationVersion> allocated,
      List<StoredHoldout> holdouts,
      List<Flag> flags) {
    long sequence = before.sequence();
    for (Flag flag : flags) {
      sequence = Math.max(sequence, flag.sequence());
    }
    for (StoredHoldout holdout : holdouts) {
      sequence = Math.max(sequence, holdout.sequence());
    }
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
                        .map(experiment -> compiled(before, experiment, version, holdouts)))
            .toList(),
        holdouts,
        flags);
  }

  /** What has not changed is not compiled again. */
  private static LiveExperiment compiled(
      Snapshot before,
      Experiment experiment,
      AllocationVersion version,
      List<StoredHoldout> holdouts) {
    LayerRange taken = experiment.definition().participation().layer();
    List<HoldoutRange> ranges =
        holdouts.stream()
            .filter(holdout -> holdout.concerns(taken == null ? null : taken.layer()))
            .map(holdout -> new HoldoutRange(holdout.key(), holdout.range()))
            .toList();
    LiveExperiment known = before.byId().get(experiment.id());
    return known != null
            && known.experiment().version() == experiment.version()
            && known.allocation().version() == version.version()
            && known.plan().state().holdouts().equals(ranges)
        ? known
        : LiveExperiment.of(experiment, version, ranges, Conditions.SHARED);
  }
}

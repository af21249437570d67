package io.armwise.service.rebuild;

import io.armwise.service.archive.ArchiveFolder;
import io.armwise.service.event.EventReader;
import io.armwise.service.event.EventTopic;
import io.armwise.service.event.KafkaClients;
import io.armwise.service.evidence.EvidenceReplacement;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.evidence.RebuiltEvidence;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.experiment.ExperimentVersions.Version;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.security.Principal;
import io.armwise.service.rebuild.RebuildReport.Comparison;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from its beginning to the positions of the live evidence, with the aggregator's own
 * classes, and compares the outcome with what the database holds; puts it in its place if that is
 * wanted. Only {@link #replace} changes anything; the database is seen as of one moment.
 * Thread-safe.
 */
@Singleton
public final class Rebuild {
  private final Database database;
  private final EventReader reader;
  private final KafkaClients clients;
  private final EventTopic topic;
  private final EvidenceStore evidence;
  private final EvidenceReplacement replacement;
  private final ExperimentVersions versions;
  private final ExperimentStore experiments;
  private final ExperimentChanges changes;
  private final AllocationStore allocations;

  Rebuild(
      Database database,
      EventReader reader,
      KafkaClients clients,
      EventTopic topic,
      EvidenceStore evidence,
      EvidenceReplacement replacement,
      ExperimentVersions versions,
      ExperimentStore experiments,
      ExperimentChanges changes,
      AllocationStore allocations) {
    this.database = database;
    this.reader = reader;
    this.clients = clients;
    this.topic = topic;
    this.evidence = evidence;
    this.replacement = replacement;
    this.versions = versions;
    this.experiments = experiments;
    this.changes = changes;
    this.allocations = allocations;
  }

  /**
   * What to rebuild.
   *
   * @param experiment key of the only experiment to compare; null for all
   * @param allocations how many of each experiment's newest allocation versions to derive again
   * @param archive root of the archives to read; null to read all from the brokers
   * @param measurement how the experiment is to be measured instead; null for as it is
   */
  public record Request(
      @Nullable String experiment,
      int allocations,
      @Nullable Path archive,
      @Nullable Measured measurement) {

    /** Read from the brokers. */
    public Request(@Nullable String experiment, int allocations) {
      this(experiment, allocations, null, null);
    }
  }

  /** Which of an experiment's allocation versions. */
  public sealed interface AsOf {
    /** The one with this number. */
    record Numbered(long version) implements AsOf {}

    /** The one that was the newest at this time. */
    record At(Instant time) implements AsOf {}

    /**
     * A number, or a time such as {@code 2026-01-31T09:30:00Z}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static AsOf parse(String text) {
      if (text.matches("[0-9]{1,18}")) {
        return new Numbered(Long.parseLong(text));
      }
      try {
        return new At(Instant.parse(text));
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "must be the number of an allocation version, or a time such as 2026-01-31T09:30:00Z,"
                + " got "
                + text,
            e);
      }
    }

    /** Whether the version is this one or an earlier one. */
    default boolean reaches(AllocationVersion version) {
      return switch (this) {
        case Numbered(long number) -> version.version() <= number;
        case At(Instant time) -> !version.createdAt().isAfter(time);
      };
    }
  }

  /** Told how far the replay is. */
  public interface Progress {
    /** How many records will be read. */
    void start(long records);

    /** That so many more have been read. */
    void advance(long records);
  }

  /** For when nobody looks on. */
  public static final Progress QUIET =
      new Progress() {
        @Override
        public void start(long records) {}

        @Override
        public void advance(long records) {}
      };

  /**
   * Rebuilds and compares.
   *
   * @throws RebuildException if the log is not complete
   * @throws IllegalArgumentException if there is no such experiment, or it has not been started
   */
  public RebuildReport run(Request request, Progress progress) {
    try (RebuiltEvidence made = nothing()) {
      return database.snapshotResult(transaction -> run(transaction, request, made, progress));
    }
  }

  private RebuiltEvidence nothing() {
    return RebuiltEvidence.nothing(database, reader, topic.getTopic());
  }

  private RebuildReport run(
      DSLContext transaction, Request request, RebuiltEvidence made, Progress progress) {
    Map<Integer, Long> positions = evidence.positions(transaction);
    List<Version> history = versions.history(transaction, topic.getTopic());
    Optional<Experiment> only = only(request.experiment(), history);
    List<AllocationVersion> wanted =
        request.allocations() > 0
            ? allocations(transaction, history, only, request.allocations())
            : List.of();
    List<Version> measured = measured(history, request.measurement());
    AllocationCheck check = allocationCheck(history, wanted);
    Replay replay = new Replay(made, progress);
    progress.start(total(positions));
    replay.readTo(
        open(request.archive(), Map.of(), positions),
        Stop.of(measured, derivable(wanted, request.allocations())),
        positions,
        check);
    LiveEvidence live =
        new LiveEvidence(transaction, topic.getTopic(), only.map(Experiment::id).orElse(null));
    List<Comparison> comparisons = Comparisons.of(live, replay.made(), history, only);
    if (request.allocations() > 0) {
      comparisons.addAll(check.comparisons());
    }
    return report(request, positions, replay, comparisons, live, false);
  }

  private RebuildReport report(
      Request request,
      Map<Integer, Long> positions,
      Replay replay,
      List<Comparison> comparisons,
      LiveEvidence live,
      boolean replaced) {
    Measured measurement = request.measurement();
    return new RebuildReport(
        topic.getTopic(),
        request.experiment(),
        positions,
        replay.events(),
        replay.seconds(),
        comparisons,
        measurement == null ? null : measurement.beside(live, replay.made()),
        replaced);
  }

  /**
   * Rebuilds, and puts the outcome in the place of the live evidence. Most of the log is read while
   * events are counted as ever; nobody counts while the rest is read and the difference written.
   * The learner then makes allocations from the new evidence.
   *
   * @param actor for the audit trail
   * @return what was different before
   * @throws RebuildException if the log is not complete; nothing has changed then
   */
  public RebuildReport replace(Request request, String actor, Progress progress) {
    try (RebuiltEvidence made = nothing()) {
      return replace(request, actor, new Replay(made, progress), progress);
    }
  }

  private RebuildReport replace(Request request, String actor, Replay replay, Progress progress) {
    Map<Integer, Long> reached =
        database.snapshotResult(
            transaction -> {
              Map<Integer, Long> positions = evidence.positions(transaction);
              List<Version> history = versions.history(transaction, topic.getTopic());
              Optional<Experiment> _ = only(request.experiment(), history);
              progress.start(total(positions));
              replay.readTo(
                  open(request.archive(), Map.of(), positions),
                  Stop.of(measured(history, request.measurement()), List.of()),
                  positions,
                  allocationCheck(history, List.of()));
              replay.reached(history);
              return positions;
            });
    return database.transactionResult(
        transaction -> replace(transaction, request, actor, replay, reached));
  }

  private RebuildReport replace(
      DSLContext transaction,
      Request request,
      String actor,
      Replay replay,
      Map<Integer, Long> reached) {
    // Before the lock that counting takes: a change takes both in this order.
    List<Experiment> all = experiments.lockAll(transaction);
    versions.holdAlone(transaction);
    Map<Integer, Long> positions = evidence.positions(transaction);
    List<Version> history = versions.history(transaction, topic.getTopic());
    replay.readTo(
        open(request.archive(), reached, positions),
        Stop.of(replay.after(measured(history, request.measurement())), List.of()),
        positions,
        allocationCheck(history, List.of()));
    LiveEvidence live = new LiveEvidence(transaction, topic.getTopic(), null);
    Set<Integer> different = live.differing(replay.made());
    List<Comparison> comparisons = Comparisons.of(live, replay.made(), history, Optional.empty());
    RebuildReport report = report(request, positions, replay, comparisons, live, true);
    Measured measurement = request.measurement();
    if (measurement != null) {
      different.add(measurement.experiment());
    }
    replacement.replace(transaction, replay.made(), different);
    for (Experiment experiment : all) {
      if (experiment.startedAt() != null && different.contains(experiment.id())) {
        changes.countAnew(
            transaction,
            experiment,
            measurement != null && measurement.experiment() == experiment.id()
                ? measurement.definition()
                : experiment.definition(),
            new ExperimentChanges.Request(
                new Principal(actor, Set.of()), OptionalInt.empty(), "rebuild"));
      }
    }
    return report;
  }

  /**
   * Derives one allocation version again, from the part of the log that it knew.
   *
   * @param experiment key
   * @param archive root of the archives to read; null to read all from the brokers
   * @throws RebuildException if the log is not complete
   * @throws IllegalArgumentException if there is no such experiment or version
   */
  public RebuildReport runAsOf(
      String experiment, AsOf asOf, @Nullable Path archive, Progress progress) {
    try (RebuiltEvidence made = nothing()) {
      Replay replay = new Replay(made, progress);
      return database.snapshotResult(
          transaction -> runAsOf(transaction, experiment, asOf, archive, replay, progress));
    }
  }

  private RebuildReport runAsOf(
      DSLContext transaction,
      String key,
      AsOf asOf,
      @Nullable Path archive,
      Replay replay,
      Progress progress) {
    List<Version> history = versions.history(transaction, topic.getTopic());
    Experiment experiment = only(key, history).orElseThrow();
    List<AllocationVersion> known =
        allocations.newest(transaction, experiment.id(), Integer.MAX_VALUE).stream()
            .filter(asOf::reaches)
            .toList();
    boolean found =
        switch (asOf) {
          case AsOf.Numbered(long number) ->
              !known.isEmpty() && known.getLast().version() == number;
          case AsOf.At _ -> !known.isEmpty();
        };
    if (!found) {
      throw new IllegalArgumentException(
          "experiment '" + key + "' must have an allocation version as of " + asOf);
    }
    Stop.Allocates target = new Stop.Allocates(known.getLast());
    List<Version> then =
        Generations.as(
                history,
                version ->
                    version.experiment().id() != experiment.id()
                        || version.experiment().version() <= target.version().definitionVersion())
            .stream()
            .filter(version -> new Stop.Changes(version).depth() <= target.depth())
            .toList();
    AllocationCheck check =
        new AllocationCheck(
            definitions(history), known.subList(Math.max(0, known.size() - 2), known.size()));
    progress.start(total(target.positions()));
    replay.readTo(
        open(archive, Map.of(), target.positions()),
        Stop.of(then, List.of(target.version())),
        target.positions(),
        check);
    return new RebuildReport(
        topic.getTopic(),
        key,
        target.positions(),
        replay.events(),
        replay.seconds(),
        check.comparisons(),
        null,
        false);
  }

  private static long total(Map<Integer, Long> positions) {
    return positions.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<Version> measured(List<Version> history, @Nullable Measured measurement) {
    List<Version> newest = Generations.newest(history);
    return measurement == null
        ? newest
        : Generations.measured(newest, measurement.experiment(), measurement.definition());
  }

  private ReplayedLog open(
      @Nullable Path archive, Map<Integer, Long> starts, Map<Integer, Long> ends) {
    ArchivedLog.Rest brokers =
        from -> new LogReader(clients.replayingConsumer(), topic.getTopic(), from, ends);
    return archive == null
        ? brokers.from(starts)
        : new ArchivedLog(new ArchiveFolder(archive, topic.getTopic()), starts, ends, brokers);
  }

  private static Optional<Experiment> only(@Nullable String key, List<Version> history) {
    if (key == null) {
      return Optional.empty();
    }
    Optional<Experiment> found =
        history.stream()
            .map(Version::experiment)
            .filter(experiment -> experiment.key().equals(key))
            .findFirst();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "experiment must be one that has been started, got '" + key + "'");
    }
    return found;
  }

  /** Of each experiment the newest, and one more, whose shares the first of them started from. */
  private List<AllocationVersion> allocations(
      DSLContext transaction, List<Version> history, Optional<Experiment> only, int count) {
    int withPrevious = count == Integer.MAX_VALUE ? count : count + 1;
    return history.stream()
        .map(version -> version.experiment().id())
        .distinct()
        .filter(id -> only.isEmpty() || only.get().id() == id)
        .flatMap(id -> allocations.newest(transaction, id, withPrevious).stream())
        .toList();
  }

  private static List<AllocationVersion> derivable(List<AllocationVersion> versions, int count) {
    return versions.stream()
        .collect(Collectors.groupingBy(AllocationVersion::experiment))
        .values()
        .stream()
        .flatMap(all -> all.stream().skip(Math.max(0, all.size() - (long) count)))
        .toList();
  }

  /** What was made from evidence that has been replaced since is not derived from the new one. */
  private static AllocationCheck allocationCheck(
      List<Version> history, List<AllocationVersion> versions) {
    Map<AllocationCheck.Of, Experiment> definitions = definitions(history);
    Set<AllocationCheck.Of> replaced = new HashSet<>();
    for (AllocationCheck.Of of : definitions.keySet()) {
      if (Generations.isReplaced(history, of.experiment(), of.version())) {
        replaced.add(of);
      }
    }
    definitions.keySet().removeAll(replaced);
    return new AllocationCheck(definitions, versions);
  }

  private static Map<AllocationCheck.Of, Experiment> definitions(List<Version> history) {
    Map<AllocationCheck.Of, Experiment> definitions = new HashMap<>();
    for (Version version : history) {
      Experiment experiment = version.experiment();
      definitions.put(new AllocationCheck.Of(experiment.id(), experiment.version()), experiment);
    }
    return definitions;
  }
}

package io.armwise.service.rebuild;

import io.armwise.service.event.EventReader;
import io.armwise.service.event.EventTopic;
import io.armwise.service.event.KafkaClients;
import io.armwise.service.evidence.EvidenceInMemory;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.experiment.ExperimentVersions.Version;
import io.armwise.service.experiment.StartedExperiments;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.RebuildReport.Comparison;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from its beginning to the positions of the live evidence, with the aggregator's own
 * classes, and compares the outcome with what the database holds. Changes nothing and stops
 * nothing; the database is seen as of one moment. Thread-safe.
 */
@Singleton
public final class Rebuild {
  private final Database database;
  private final EventReader reader;
  private final KafkaClients clients;
  private final EventTopic topic;
  private final EvidenceStore evidence;
  private final ExperimentVersions experiments;
  private final AllocationStore allocations;

  Rebuild(
      Database database,
      EventReader reader,
      KafkaClients clients,
      EventTopic topic,
      EvidenceStore evidence,
      ExperimentVersions experiments,
      AllocationStore allocations) {
    this.database = database;
    this.reader = reader;
    this.clients = clients;
    this.topic = topic;
    this.evidence = evidence;
    this.experiments = experiments;
    this.allocations = allocations;
  }

  /**
   * What to compare.
   *
   * @param experiment key of the only experiment; null for all
   * @param allocations how many of each experiment's newest allocation versions to derive again
   */
  public record Request(@Nullable String experiment, int allocations) {}

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

  /** A place in the log where something is to be done before reading on. */
  private sealed interface Stop {
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
  }

  /**
   * Rebuilds and compares.
   *
   * @throws RebuildException if the log is not complete
   * @throws IllegalArgumentException if there is no such experiment, or it has not been started
   */
  public RebuildReport run(Request request, Progress progress) {
    return database.snapshotResult(transaction -> run(transaction, request, progress));
  }

  private RebuildReport run(DSLContext transaction, Request request, Progress progress) {
    Map<Integer, Long> positions = evidence.positions(transaction);
    List<Version> history = experiments.history(transaction, topic.getTopic());
    Optional<Experiment> only = only(request, history);
    List<AllocationVersion> versions =
        request.allocations() > 0
            ? allocations(transaction, history, only, request.allocations())
            : List.of();
    AllocationCheck allocationCheck = allocationCheck(history, versions);
    EvidenceInMemory rebuilt = new EvidenceInMemory(reader);
    long begun = System.nanoTime();
    long events =
        replay(
            positions,
            stops(history, derivable(versions, request.allocations())),
            allocationCheck,
            rebuilt,
            progress);
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Comparison> comparisons =
        compare(
            new LiveEvidence(transaction, topic.getTopic(), only.map(Experiment::id).orElse(null)),
            rebuilt,
            history,
            only);
    if (request.allocations() > 0) {
      comparisons.addAll(allocationCheck.comparisons());
    }
    return new RebuildReport(
        topic.getTopic(), request.experiment(), positions, events, seconds, comparisons);
  }

  /**
   * Derives one allocation version again, from the part of the log that it knew.
   *
   * @param experiment key
   * @throws RebuildException if the log is not complete
   * @throws IllegalArgumentException if there is no such experiment or version
   */
  public RebuildReport runAsOf(String experiment, AsOf asOf, Progress progress) {
    return database.snapshotResult(transaction -> runAsOf(transaction, experiment, asOf, progress));
  }

  private RebuildReport runAsOf(DSLContext transaction, String key, AsOf asOf, Progress progress) {
    List<Version> history = experiments.history(transaction, topic.getTopic());
    Experiment experiment = only(new Request(key, 0), history).orElseThrow();
    List<AllocationVersion> versions =
        allocations.newest(transaction, experiment.id(), Integer.MAX_VALUE).stream()
            .filter(asOf::reaches)
            .toList();
    boolean found =
        switch (asOf) {
          case AsOf.Numbered(long number) ->
              !versions.isEmpty() && versions.getLast().version() == number;
          case AsOf.At _ -> !versions.isEmpty();
        };
    if (!found) {
      throw new IllegalArgumentException(
          "experiment '" + key + "' must have an allocation version as of " + asOf);
    }
    Stop.Allocates target = new Stop.Allocates(versions.getLast());
    List<Version> known =
        history.stream()
            .filter(version -> new Stop.Changes(version).depth() <= target.depth())
            .toList();
    AllocationCheck check =
        allocationCheck(
            history, versions.subList(Math.max(0, versions.size() - 2), versions.size()));
    long begun = System.nanoTime();
    long events =
        replay(
            target.positions(),
            stops(known, List.of(target.version())),
            check,
            new EvidenceInMemory(reader),
            progress);
    return new RebuildReport(
        topic.getTopic(),
        key,
        target.positions(),
        events,
        (System.nanoTime() - begun) / 1e9,
        check.comparisons());
  }

  private static Optional<Experiment> only(Request request, List<Version> history) {
    if (request.experiment() == null) {
      return Optional.empty();
    }
    Optional<Experiment> found =
        history.stream()
            .map(Version::experiment)
            .filter(experiment -> experiment.key().equals(request.experiment()))
            .findFirst();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "experiment must be one that has been started, got '" + request.experiment() + "'");
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

  private static AllocationCheck allocationCheck(
      List<Version> history, List<AllocationVersion> versions) {
    Map<AllocationCheck.Of, Experiment> definitions = new HashMap<>();
    for (Version version : history) {
      Experiment experiment = version.experiment();
      definitions.put(new AllocationCheck.Of(experiment.id(), experiment.version()), experiment);
    }
    return new AllocationCheck(definitions, versions);
  }

  private static List<Stop> stops(List<Version> history, List<AllocationVersion> versions) {
    List<Stop> stops = new ArrayList<>();
    history.forEach(version -> stops.add(new Stop.Changes(version)));
    versions.forEach(version -> stops.add(new Stop.Allocates(version)));
    stops.sort(Comparator.comparingLong(Stop::depth)); // stable: changes stay in their order
    return stops;
  }

  private long replay(
      Map<Integer, Long> positions,
      List<Stop> stops,
      AllocationCheck allocationCheck,
      EvidenceInMemory rebuilt,
      Progress progress) {
    progress.start(positions.values().stream().mapToLong(Long::longValue).sum());
    long[] events = new long[1];
    StartedExperiments started = StartedExperiments.NONE;
    try (Consumer<byte[], byte[]> consumer = clients.replayingConsumer()) {
      LogReader log = new LogReader(consumer, topic.getTopic(), positions);
      LongConsumer read =
          count -> {
            events[0] += count;
            progress.advance(count);
          };
      for (Stop stop : stops) {
        fold(log, stop.positions(), rebuilt, started, read);
        switch (stop) {
          case Stop.Changes(Version version) ->
              started = started.with(version.sequence(), version.experiment());
          case Stop.Allocates(AllocationVersion version) -> allocationCheck.check(version, rebuilt);
        }
      }
      fold(log, positions, rebuilt, started, read);
    }
    return events[0];
  }

  private static void fold(
      LogReader log,
      Map<Integer, Long> stop,
      EvidenceInMemory rebuilt,
      StartedExperiments started,
      LongConsumer read) {
    log.readTo(
        stop,
        records -> {
          rebuilt.fold(records, started);
          read.accept(records.size());
        });
  }

  private static List<Comparison> compare(
      LiveEvidence live,
      EvidenceInMemory rebuilt,
      List<Version> history,
      Optional<Experiment> only) {
    Map<Integer, Experiment> newest = new HashMap<>();
    history.forEach(version -> newest.put(version.experiment().id(), version.experiment()));
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(
        Differences.ofAll(
            "evidence rows",
            live.figures(),
            only(rebuilt.figures(), place -> isOf(only, place.experiment())),
            place ->
                name(newest, place.experiment())
                    + ", arm "
                    + arm(newest.get(place.experiment()), place.arm())
                    + ", "
                    + place.metric()
                    + ", "
                    + Instant.ofEpochSecond(place.hour() * 3_600L)));
    comparisons.add(states(live, rebuilt, newest));
    comparisons.add(
        Differences.ofAll(
            "counts of events",
            only(live.counts(), tally -> isOf(only, tally.experiment())),
            only(rebuilt.counts(), tally -> isOf(only, tally.experiment())),
            tally ->
                (tally.experiment().isEmpty() ? "no experiment" : tally.experiment())
                    + ", "
                    + tally.kind()));
    // Ids and refused records belong to no one experiment.
    if (only.isEmpty()) {
      comparisons.add(ids(live, rebuilt));
      comparisons.add(
          Differences.ofAll(
              "refused records",
              live.rejected(),
              rebuilt.rejected(),
              place -> "partition " + place.partition() + ", offset " + place.offset()));
    }
    return comparisons;
  }

  private static boolean isOf(Optional<Experiment> only, int experiment) {
    return only.isEmpty() || only.get().id() == experiment;
  }

  private static boolean isOf(Optional<Experiment> only, String experiment) {
    return only.isEmpty() || only.get().key().equals(experiment);
  }

  private static <K, V> Map<K, V> only(Map<K, V> all, Function<K, Boolean> wanted) {
    Map<K, V> some = new HashMap<>(all);
    some.keySet().removeIf(key -> !wanted.apply(key));
    return some;
  }

  private static Comparison states(
      LiveEvidence live, EvidenceInMemory rebuilt, Map<Integer, Experiment> newest) {
    Differences differences = new Differences("unit states");
    rebuilt.forget(live.erasedUnits(), live.experimentsWithoutUnits());
    long[] common = new long[1];
    live.states(
        state -> {
          byte[] expected = rebuilt.state(state.experiment(), state.unit());
          common[0] += expected == null ? 0 : 1;
          boolean equal = expected != null && Arrays.equals(expected, state.bytes());
          differences.compare(
              equal ? "" : name(newest, state.experiment()) + ", unit " + state.unit(),
              equal ? "" : HexFormat.of().formatHex(state.bytes()),
              equal ? "" : expected == null ? null : HexFormat.of().formatHex(expected));
        });
    differences.missing(
        rebuilt.states(live.experiment()) - common[0],
        "units that only the log has",
        "none",
        (rebuilt.states(live.experiment()) - common[0]) + " units");
    return differences.comparison();
  }

  private static Comparison ids(LiveEvidence live, EvidenceInMemory rebuilt) {
    Differences differences = new Differences("ids of counted events");
    long[] common = new long[1];
    live.ids(
        id -> {
          boolean known = rebuilt.hasId(id);
          common[0] += known ? 1 : 0;
          differences.compare(known ? "" : id.toString(), "counted", known ? "counted" : null);
        });
    // Of those that are kept each must be in the log.
    long missing = live.hasForgottenIds() ? 0 : rebuilt.ids() - common[0];
    differences.missing(missing, "ids that only the log has", "none", missing + " ids");
    return differences.comparison();
  }

  private static String name(Map<Integer, Experiment> newest, int id) {
    Experiment experiment = newest.get(id);
    return experiment == null ? "experiment number " + id : experiment.key();
  }

  private static String arm(@Nullable Experiment experiment, int arm) {
    return experiment == null || arm >= experiment.definition().arms().size()
        ? String.valueOf(arm)
        : experiment.definition().arms().get(arm).key();
  }
}

package io.armwise.service.dashboard;

import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.snapshot.Snapshots;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends the changing part of an experiment's page to those who watch it, when something has
 * changed. All who watch one experiment share one picture of it, made at most every {@link #PAUSE}.
 * Thread-safe.
 */
@Singleton
final class LiveStreams {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Days go by and attribution windows close without any event. */
  private static final Duration OLDEST = Duration.ofSeconds(15);

  /** A browser that still watches comes back, and its session is looked at again. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private static final String AWAY =
      "The database does not answer: these figures stand as of the time below. Decisions go on from"
          + " the last version.";

  private final ExperimentStore experiments;
  private final LiveViews liveViews;
  private final EvidenceStore evidence;
  private final Database database;
  private final Snapshots snapshots;
  private final Pages pages;
  private final int maxStreams;
  private final Scheduler threads;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final Sinks.Empty<Void> end = Sinks.empty();

  LiveStreams(
      ExperimentStore experiments,
      LiveViews liveViews,
      EvidenceStore evidence,
      Database database,
      Snapshots snapshots,
      Pages pages,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads,
      @Value("${armwise.dashboard.max-streams:500}") int maxStreams,
      MeterRegistry meters) {
    this.experiments = experiments;
    this.liveViews = liveViews;
    this.evidence = evidence;
    this.database = database;
    this.snapshots = snapshots;
    this.pages = pages;
    this.threads = Schedulers.fromExecutorService(threads);
    this.maxStreams = maxStreams;
    meters.gauge("armwise.dashboard.streams", open);
  }

  /** What the picture depends on. */
  private record Mark(int version, long sequence, Map<Integer, Long> positions) {}

  /**
   * What is sent.
   *
   * @param name {@code live}, or {@code away} while the database does not answer
   */
  private record Picture(String name, String id, String text) {}

  /**
   * A stream of an experiment that exists.
   *
   * @param fresh whether the page was made just now, so that the first picture may wait: nobody has
   *     the same made twice at once
   * @throws ProblemException if there are too many streams
   */
  Flux<Event<String>> open(String key, boolean fresh) {
    if (open.get() >= maxStreams) {
      throw new ProblemException(
          ProblemCode.NOT_READY, "This node has no room for more streams; reload instead.");
    }
    return Flux.defer(() -> watch(key, fresh ? PAUSE : Duration.ZERO));
  }

  private Flux<Event<String>> watch(String key, Duration first) {
    open.incrementAndGet();
    Room room =
        Objects.requireNonNull(
            rooms.compute(
                key,
                (same, known) -> {
                  Room entered = known == null ? new Room(key) : known;
                  entered.watchers++;
                  return entered;
                }));
    return Flux.interval(first, TICK)
        .onBackpressureDrop()
        .publishOn(threads, 1)
        .map(tick -> room.picture())
        .distinctUntilChanged(Picture::id)
        .map(picture -> Event.of(picture.text()).name(picture.name()).id(picture.id()))
        .take(LONGEST)
        .takeUntilOther(end.asMono())
        .doFinally(
            signal -> {
              open.decrementAndGet();
              rooms.computeIfPresent(key, (same, known) -> --known.watchers == 0 ? null : known);
            });
  }

  /** Those who watch one experiment. */
  private final class Room {
    private final String key;

    /** Changed only within the map's own computations. */
    private int watchers;

    private @Nullable Mark mark;
    private @Nullable Picture picture;
    private long madeAt;
    private long number;

    Room(String key) {
      this.key = key;
    }

    synchronized Picture picture() {
      try {
        Picture known = picture;
        long age = System.nanoTime() - madeAt;
        if (known != null && known.name().equals("live") && age < PAUSE.toNanos()) {
          return known;
        }
        Experiment experiment =
            experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
        Mark now =
            new Mark(
                experiment.version(),
                snapshots.current().sequence(),
                evidence.positions(database.dsl()));
        boolean same = known != null && known.name().equals("live") && now.equals(mark);
        if (known == null || !same || age > OLDEST.toNanos()) {
          known = next("live", pages.text("live", liveViews.of(experiment)));
          mark = now;
        }
        return known;
      } catch (DataAccessException e) {
        Picture known = picture;
        return known != null && known.name().equals("away") ? known : next("away", AWAY);
      }
    }

    private Picture next(String name, String text) {
      number++;
      Picture next = new Picture(name, number + name, text);
      picture = next;
      madeAt = System.nanoTime();
      return next;
    }
  }

  @PreDestroy
  void endAll() {
    end.tryEmitEmpty();
  }
}

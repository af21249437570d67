package io.armwise.service.ofrep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.snapshot.Snapshot;
import io.armwise.service.snapshot.Snapshots;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells every open stream when flags may have changed.
 *
 * <p>A changed definition or status (somebody paused an experiment) is told within a second. A new
 * allocation may come every second and moves few units, and each notice makes every page fetch its
 * flags, so those are gathered for a while. Thread-safe: one task looks for changes and tells them.
 */
@Singleton
final class EventStreams {
  /** A stream that opens this soon after a notice may have missed it. */
  private static final Duration RECENT = Duration.ofSeconds(30);

  /** Longer than other nodes take to learn of a change. */
  private static final Duration WATCH = Duration.ofMillis(500);

  private final Snapshots snapshots;
  private final Clock clock;
  private final Duration heartbeat;
  private final Duration gather;
  private final int maxStreams;
  private final AtomicInteger open = new AtomicInteger();
  private final Sinks.Many<Told> notices = Sinks.many().multicast().directBestEffort();
  private final ScheduledFuture<?> watching;
  private volatile Told last;

  /** Only the watching task uses it. */
  private boolean redefinedBefore;

  EventStreams(
      Snapshots snapshots,
      Clock clock,
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      @Value("${armwise.ofrep.heartbeat:25s}") Duration heartbeat,
      @Value("${armwise.ofrep.gather-allocations:30s}") Duration gather,
      @Value("${armwise.ofrep.max-streams:10000}") int maxStreams,
      MeterRegistry meters) {
    this.snapshots = snapshots;
    this.clock = clock;
    this.heartbeat = heartbeat;
    this.gather = gather;
    this.maxStreams = maxStreams;
    this.last = new Told(snapshots.current(), Instant.EPOCH);
    meters.gauge("armwise.ofrep.streams", open);
    this.watching = scheduler.scheduleWithFixedDelay(WATCH, WATCH, this::watch);
  }

  /** What was told, and when. */
  private record Told(Snapshot snapshot, Instant at) {
    Event<Notice> event() {
      String id = String.valueOf(snapshot.sequence());
      return Event.of(new Notice("refetchEvaluation", id, at.getEpochSecond()))
          .name("message")
          .id(id);
    }
  }

  /**
   * A message of the protocol. Providers ignore types that they do not know.
   *
   * @param type {@code refetchEvaluation}, or {@code connected} and {@code heartbeat} of ours
   * @param etag number of the newest change
   * @param lastModified when it was told, seconds since 1970 UTC
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Notice(String type, @Nullable String etag, @Nullable Long lastModified) {}

  /**
   * A new stream, which ends with the service or when the client hangs up.
   *
   * @param lastEventId what a client that comes back has heard last
   * @throws ProblemException if there are too many streams
   */
  Flux<Event<Notice>> open(@Nullable String lastEventId) {
    if (open.get() >= maxStreams) {
      throw new ProblemException(
          ProblemCode.NOT_READY, "This node has no room for more streams; poll instead.");
    }
    Flux<Event<Notice>> changes =
        notices.asFlux().onBackpressureLatest().map(Told::event).startWith(greeting(lastEventId));
    // Without a sign of life, proxies cut a silent stream.
    Flux<Event<Notice>> beats =
        Flux.interval(heartbeat)
            .onBackpressureDrop()
            .map(beat -> Event.of(new Notice("heartbeat", null, null)).name("heartbeat"))
            .takeUntilOther(notices.asFlux().ignoreElements());
    return Flux.merge(changes, beats)
        .doOnSubscribe(subscription -> open.incrementAndGet())
        .doFinally(signal -> open.decrementAndGet());
  }

  /**
   * The first event: it lets the head of the answer go out, and tells what may have been missed.
   */
  private Event<Notice> greeting(@Nullable String lastEventId) {
    Told told = last;
    String id = String.valueOf(told.snapshot().sequence());
    boolean missed =
        lastEventId == null
            ? told.at().plus(RECENT).isAfter(clock.instant())
            : !lastEventId.equals(id);
    return missed
        ? told.event()
        : Event.of(new Notice("connected", null, null)).name("connected").id(id);
  }

  private void watch() {
    Snapshot now = snapshots.current();
    Told before = last;
    if (now.sequence() == before.snapshot().sequence()) {
      return;
    }
    boolean redefined = !definitions(now).equals(definitions(before.snapshot()));
    // Seen for the second time, so all nodes know it: a page may fetch from any of them.
    boolean settled = redefined && redefinedBefore;
    redefinedBefore = redefined;
    Instant time = clock.instant();
    if (redefined ? settled : !time.isBefore(before.at().plus(gather))) {
      redefinedBefore = false;
      Told told = new Told(now, time);
      last = told;
      notices.tryEmitNext(told);
    }
  }

  private static Map<String, Integer> definitions(Snapshot snapshot) {
    Map<String, Integer> versions = new HashMap<>();
    snapshot
        .byKey()
        .forEach((key, live) -> versions.put("experiment " + key, live.experiment().version()));
    snapshot.flags().forEach((key, live) -> versions.put("flag " + key, live.flag().version()));
    return versions;
  }

  @PreDestroy
  void endAll() {
    watching.cancel(false);
    notices.tryEmitComplete();
  }
}

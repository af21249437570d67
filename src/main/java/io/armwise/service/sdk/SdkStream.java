package io.armwise.service.sdk;

import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.sdk.SdkSnapshots.Written;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells every open stream of the newest snapshot. A stream that cannot follow misses notices but
 * the last. Thread-safe: one task looks for changes and tells them.
 */
@Singleton
final class SdkStream {
  private static final Duration WATCH = Duration.ofMillis(250);

  private final SdkSnapshots snapshots;
  private final Duration heartbeat;
  private final int maxStreams;
  private final AtomicInteger open = new AtomicInteger();
  private final Sinks.Many<Notice> notices = Sinks.many().multicast().directBestEffort();
  private final ScheduledFuture<?> watching;
  private volatile String told = "";

  SdkStream(
      SdkSnapshots snapshots,
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      @Value("${armwise.sdk.heartbeat:20s}") Duration heartbeat,
      @Value("${armwise.sdk.max-streams:10000}") int maxStreams,
      MeterRegistry meters) {
    this.snapshots = snapshots;
    this.heartbeat = heartbeat;
    this.maxStreams = maxStreams;
    meters.gauge("armwise.sdk.streams", open);
    this.watching = scheduler.scheduleWithFixedDelay(WATCH, WATCH, this::watch);
  }

  /**
   * The newest snapshot.
   *
   * @param sequence number of the newest change
   * @param etag as the snapshot bears it
   * @param ageSeconds since when the node could not ask for changes
   */
  record Notice(long sequence, String etag, long ageSeconds) {
    Event<Notice> event(String name) {
      return Event.of(this).name(name).id(etag);
    }
  }

  /**
   * A new stream, which ends with the service or when the client hangs up.
   *
   * @throws ProblemException if there are too many streams
   */
  Flux<Event<Notice>> open() {
    if (open.get() >= maxStreams) {
      throw new ProblemException(
          ProblemCode.NOT_READY, "This node has no room for more streams; poll instead.");
    }
    Flux<Event<Notice>> changes =
        notices
            .asFlux()
            .onBackpressureLatest()
            .map(notice -> notice.event("snapshot"))
            .startWith(now().event("snapshot"));
    // Without a sign of life, proxies cut a silent stream and clients cannot tell it from a dead
    // one.
    Flux<Event<Notice>> beats =
        Flux.interval(heartbeat)
            .onBackpressureDrop()
            .map(beat -> now().event("heartbeat"))
            .takeUntilOther(notices.asFlux().ignoreElements());
    return Flux.merge(changes, beats)
        .doOnSubscribe(subscription -> open.incrementAndGet())
        .doFinally(signal -> open.decrementAndGet());
  }

  private Notice now() {
    Written written = snapshots.current();
    return new Notice(written.sequence(), written.etag(), snapshots.age().toSeconds());
  }

  private void watch() {
    Notice notice = now();
    if (!notice.etag().equals(told)) {
      told = notice.etag();
      notices.tryEmitNext(notice);
    }
  }

  @PreDestroy
  void endAll() {
    watching.cancel(false);
    notices.tryEmitComplete();
  }
}

package io.armwise.service.event;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.event.EventSpool.Kept;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that the service makes itself, the exposures of decisions that are exposures, on their way
 * to the log. Nobody would send them again, so what the log does not take is kept on this node's
 * disk and sent as soon as the log answers, with the same ids: what it had after all counts once.
 *
 * <p>Thread-safe; {@link #append} never waits, neither for the log nor for the disk.
 */
@Context
public final class KeptEvents {
  private static final Logger LOG = LoggerFactory.getLogger(KeptEvents.class);
  private static final String FOLDER = "kept-events";
  private static final int QUEUE = 50_000;
  private static final long FILE_BYTES = 4L << 20;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final EventLog log;
  private final String dataFolder;
  private final long maxBytes;
  private final Counter lost;
  private final AtomicLong bytes;
  private final BlockingQueue<Kept> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean closing;
  private @Nullable Thread keeping;

  KeptEvents(
      EventLog log,
      @Value("${armwise.data-folder:}") String dataFolder,
      @Value("${armwise.log.keep-at-most:268435456}") long maxBytes,
      MeterRegistry meters) {
    this.log = log;
    this.dataFolder = dataFolder;
    this.maxBytes = maxBytes;
    this.lost = meters.counter("armwise.decisions.unlogged");
    this.bytes = meters.gauge("armwise.decisions.kept.bytes", new AtomicLong());
  }

  /** Begins to send what an earlier process has left. */
  @PostConstruct
  void open() throws IOException {
    if (!dataFolder.isEmpty()) {
      EventSpool spool = EventSpool.open(Path.of(dataFolder).resolve(FOLDER), FILE_BYTES, maxBytes);
      keeping = Thread.ofPlatform().daemon().name("kept events").start(new Keeping(spool));
    }
  }

  /**
   * Appends an event to the log, now or when the log answers.
   *
   * @param unit decides the partition
   * @param event the event as one line of JSON
   */
  public void append(UnitHash unit, byte[] event) {
    CompletableFuture<Void> _ =
        log.append(unit, event)
            .whenComplete(
                (done, error) -> {
                  if (error != null && (keeping == null || !queue.offer(new Kept(unit, event)))) {
                    lost.increment();
                  }
                });
  }

  /** The one that knows the disk. */
  private final class Keeping implements Runnable {
    private final EventSpool spool;
    private @Nullable CompletableFuture<Void> sending;
    private long nextTry = System.nanoTime();

    Keeping(EventSpool spool) {
      this.spool = spool;
    }

    @Override
    public void run() {
      while (!closing) {
        keep(next());
        send();
      }
      keep(waiting());
      try {
        spool.close();
      } catch (IOException e) {
        LOG.warn("Kept events may be lost", e);
      }
    }

    /** What has come, after waiting for it for a while. */
    private List<Kept> next() {
      try {
        Kept first = queue.poll(BETWEEN_TRIES.toMillis() / 4, TimeUnit.MILLISECONDS);
        List<Kept> events = new ArrayList<>();
        if (first != null) {
          events.add(first);
        }
        events.addAll(waiting());
        return events;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return waiting();
      }
    }

    private List<Kept> waiting() {
      List<Kept> events = new ArrayList<>();
      queue.drainTo(events);
      return events;
    }

    private void keep(List<Kept> events) {
      if (events.isEmpty()) {
        return;
      }
      try {
        if (!spool.add(events)) {
          lost.increment(events.size());
          LOG.warn(
              "{} exposures are lost: {} bytes are kept already", events.size(), spool.bytes());
        }
      } catch (IOException e) {
        lost.increment(events.size());
        LOG.warn("{} exposures may be lost: they could not be kept", events.size(), e);
      }
      bytes.set(spool.bytes());
    }

    /** Sends the oldest file; it goes when the log has it all. */
    private void send() {
      CompletableFuture<Void> sent = sending;
      if (sent == null) {
        if (!spool.isEmpty() && System.nanoTime() - nextTry >= 0) {
          begin();
        }
      } else if (sent.isDone()) {
        sending = null;
        if (sent.isCompletedExceptionally()) {
          nextTry = System.nanoTime() + BETWEEN_TRIES.toNanos();
        } else {
          remove();
        }
      }
    }

    private void begin() {
      try {
        sending =
            CompletableFuture.allOf(
                spool.oldest().stream()
                    .map(kept -> log.append(kept.unit(), kept.event()))
                    .toArray(CompletableFuture<?>[]::new));
      } catch (IOException e) {
        LOG.warn("Kept events cannot be read; they stay where they are", e);
        nextTry = System.nanoTime() + BETWEEN_TRIES.multipliedBy(60).toNanos();
      }
    }

    private void remove() {
      try {
        spool.removeOldest();
        bytes.set(spool.bytes());
      } catch (IOException e) {
        LOG.warn("Kept events were sent and cannot be removed; they will be sent again", e);
        nextTry = System.nanoTime() + BETWEEN_TRIES.multipliedBy(60).toNanos();
      }
    }
  }

  /** Keeps what the log has not taken by now. */
  @PreDestroy
  void close() throws InterruptedException {
    log.close(); // gives up on what is under way, which comes here
    closing = true;
    Thread running = keeping;
    if (running != null) {
      running.join();
    }
  }
}

package io.armwise.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to the service. Adding never waits: what does not fit is dropped and counted.
 * One thread sends batches; a batch whose fate is unknown is sent again with the same ids, which
 * the service counts once. Thread-safe.
 */
final class EventQueue {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ServiceConnection service;
  private final BlockingQueue<String> waiting;
  private final int batchSize;
  private final Duration batchPause;
  private final Thread thread;

  // Everything added is, in the end, stored, refused or dropped.
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable String lastFailure;
  private volatile boolean hurried;
  private volatile boolean closing;

  EventQueue(ServiceConnection service, int capacity, int batchSize, Duration batchPause) {
    this.service = service;
    this.waiting = new ArrayBlockingQueue<>(capacity);
    this.batchSize = batchSize;
    this.batchPause = batchPause;
    this.thread = Thread.ofPlatform().daemon().name("armwise events").unstarted(this::run);
    thread.start();
  }

  /**
   * Adds an event as JSON.
   *
   * @return false if there is no room
   */
  boolean add(String event) {
    if (closing || !waiting.offer(event)) {
      added.incrementAndGet();
      dropped.incrementAndGet();
      return false;
    }
    added.incrementAndGet();
    return true;
  }

  private void run() {
    List<String> batch = new ArrayList<>(batchSize);
    try {
      while (!closing || !waiting.isEmpty()) {
        gather(batch);
        if (!batch.isEmpty()) {
          send(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException closed) {
      dropped.addAndGet(batch.size() + (long) waiting.size());
    }
  }

  private void gather(List<String> batch) throws InterruptedException {
    String first = waiting.poll(100, TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    batch.add(first);
    long end = System.nanoTime() + batchPause.toNanos();
    while (batch.size() < batchSize) {
      waiting.drainTo(batch, batchSize - batch.size());
      long left = hurried || closing ? 0 : end - System.nanoTime();
      if (batch.size() == batchSize || left <= 0) {
        return;
      }
      String next = waiting.poll(Math.min(left, 50_000_000), TimeUnit.NANOSECONDS);
      if (next != null) {
        batch.add(next);
      }
    }
  }

  /** Returns when the service has told what became of the batch. */
  private void send(List<String> batch) throws InterruptedException {
    String body = "[" + String.join(",", batch) + "]";
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        HttpResponse<String> answer = service.events(body);
        int status = answer.statusCode();
        if (status == 202) {
          count(batch.size(), answer.body());
          return;
        }
        lastFailure = "events: " + ServiceConnection.summary(answer);
        boolean passes = status == 408 || status == 429 || status >= 500;
        if (!passes) {
          refused.addAndGet(batch.size());
          return;
        }
      } catch (IOException e) {
        lastFailure = "events: " + e;
      }
      Thread.sleep(pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis()));
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  private void count(int sent, String receipt) {
    int rejected;
    try {
      rejected = Fields.of(Json.parse(receipt)).list("rejected").size();
    } catch (IllegalArgumentException unreadable) {
      rejected = 0; // it said 202
    }
    stored.addAndGet(sent - rejected);
    refused.addAndGet(rejected);
    if (rejected > 0) {
      lastFailure = "events: " + receipt.substring(0, Math.min(200, receipt.length()));
    }
  }

  /** Waits until all that was added before has been dealt with. */
  boolean flush(Duration patience) {
    long goal = added.get();
    long end = System.nanoTime() + patience.toNanos();
    hurried = true;
    try {
      while (done() < goal) {
        if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
          return false;
        }
        LockSupport.parkNanos(1_000_000);
      }
      return true;
    } finally {
      hurried = false;
    }
  }

  private long done() {
    return stored.get() + refused.get() + dropped.get();
  }

  /** Sends what is left, as long as patience lasts. */
  void close(Duration patience) {
    closing = true;
    try {
      if (!thread.join(patience)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  long queued() {
    return Math.max(0, added.get() - done());
  }

  long stored() {
    return stored.get();
  }

  long refused() {
    return refused.get();
  }

  long dropped() {
    return dropped.get();
  }

  @Nullable String lastFailure() {
    return lastFailure;
  }
}

package io.armwise.client;

import io.armwise.client.ServiceConnection.Fetched;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the snapshot fresh, in one thread: fetches it, listens to the stream of changes, fetches it
 * again a random moment after each; where the stream breaks, asks at intervals and opens it again.
 */
final class SnapshotRefresh {
  /** Three of the service's heartbeats: a stream that is silent for longer is dead. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final String END = "\0";

  private final ServiceConnection service;
  private final Receiver receiver;
  private final Duration interval;
  private final Duration jitter;
  private final Thread thread;

  /** Held while a snapshot is taken, which may write a file that an interrupt would cut short. */
  private final Object taking = new Object();

  private @Nullable String etag;

  SnapshotRefresh(
      ServiceConnection service, Receiver receiver, Duration interval, Duration jitter) {
    this.service = service;
    this.receiver = receiver;
    this.interval = interval;
    this.jitter = jitter;
    this.thread = Thread.ofPlatform().daemon().name("armwise refresh").unstarted(this::run);
  }

  /** Who gets the news. Called by one thread. */
  interface Receiver {
    /**
     * A new snapshot.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    void changed(String json, Duration age);

    /** The snapshot is still the newest. */
    void verified(Duration age);

    /** The service could not be asked. */
    void failed(String why);
  }

  void start() {
    thread.start();
  }

  /** Waits for a snapshot that is just being taken. */
  void stop() {
    synchronized (taking) {
      thread.interrupt();
    }
  }

  private void run() {
    Duration pause = interval;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          fetch();
          pause = interval;
          listen();
        } catch (IOException | IllegalArgumentException e) {
          receiver.failed(e.toString());
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
        // Between half and all of it, so that clients which lost the service together come apart.
        Thread.sleep(pause.dividedBy(2).plus(random(pause.dividedBy(2))));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration random(Duration limit) {
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(limit.toNanos() + 1));
  }

  private void fetch() throws IOException, InterruptedException {
    switch (service.snapshot(etag)) {
      case Fetched.Changed changed -> {
        synchronized (taking) {
          receiver.changed(changed.json(), changed.age());
        }
        etag = changed.etag();
      }
      case Fetched.Unchanged unchanged -> receiver.verified(unchanged.age());
    }
  }

  /** Returns when the stream has ended. */
  private void listen() throws IOException, InterruptedException {
    Lines lines = new Lines();
    CompletableFuture<HttpResponse<Void>> stream =
        service.stream(lines).whenComplete((answer, error) -> lines.received.add(END));
    try {
      while (true) {
        String line = lines.received.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null || line.equals(END)) {
          return;
        }
        if (line.startsWith("data:")) {
          heard(Fields.of(Json.parse(line.substring("data:".length()))));
        }
      }
    } finally {
      lines.cancel();
      stream.cancel(true);
    }
  }

  private void heard(Fields notice) throws IOException, InterruptedException {
    if (notice.text("etag").equals(etag)) {
      receiver.verified(Duration.ofSeconds(notice.whole("ageSeconds")));
    } else {
      Thread.sleep(random(jitter));
      fetch();
    }
  }

  /** Passes lines on to the thread that waits for them. */
  private static final class Lines implements Flow.Subscriber<String> {
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription opened) {
      subscription = opened;
      opened.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      received.add(line);
    }

    @Override
    public void onError(Throwable failure) {
      received.add(END);
    }

    @Override
    public void onComplete() {
      received.add(END);
    }

    void cancel() {
      Flow.Subscription opened = subscription;
      if (opened != null) {
        opened.cancel();
      }
    }
  }
}

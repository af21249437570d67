package io.armwise.service.replay;

import io.armwise.service.replay.ServiceApi.ServiceException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * Puts events into batches and keeps several batches under way. Used by one thread; the first
 * failure is thrown from the next call.
 */
final class EventSender implements AutoCloseable {
  private static final int MAX_EVENTS = 5_000;
  private static final int MAX_CHARACTERS = 3_000_000;
  private static final int IN_FLIGHT = 4;

  private final ServiceApi api;
  private final LongConsumer acknowledged;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(IN_FLIGHT);
  private final AtomicReference<ServiceException> failure = new AtomicReference<>();
  private StringBuilder batch = new StringBuilder();
  private int events;

  /**
   * @param acknowledged told how many events have got through; called by several threads
   */
  EventSender(ServiceApi api, LongConsumer acknowledged) {
    this.api = api;
    this.acknowledged = acknowledged;
  }

  /** Adds an event, which is JSON in ASCII. */
  void add(String event) {
    batch.append(events == 0 ? '[' : ',').append(event);
    events++;
    if (events == MAX_EVENTS || batch.length() > MAX_CHARACTERS) {
      dispatch();
    }
  }

  /** Returns when the log has every event that was added. */
  void flush() {
    if (events > 0) {
      dispatch();
    }
    free.acquireUninterruptibly(IN_FLIGHT);
    free.release(IN_FLIGHT);
    rethrow();
  }

  private void dispatch() {
    String body = batch.append(']').toString();
    int size = events;
    batch = new StringBuilder(body.length() + 1_000);
    events = 0;
    free.acquireUninterruptibly();
    rethrow();
    threads.execute(
        () -> {
          try {
            api.send(body);
            acknowledged.accept(size);
          } catch (ServiceException e) {
            failure.compareAndSet(null, e);
          } finally {
            free.release();
          }
        });
  }

  private void rethrow() {
    ServiceException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}

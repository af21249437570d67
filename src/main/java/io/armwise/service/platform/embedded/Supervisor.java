package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server running: when its process ends unasked, starts it again at the same address,
 * after a pause that grows with each failure in a row.
 *
 * <p>Safe for use by several threads.
 */
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final EmbeddedServer server;
  private final Thread watch;
  private volatile ServerProcess process;
  private volatile boolean closing;

  private Supervisor(EmbeddedServer server, ServerProcess process) {
    this.server = server;
    this.process = process;
    this.watch = Thread.ofVirtual().name(server.name() + " supervisor").unstarted(this::watch);
  }

  /** Starts the server, returns when it is ready, and watches it from then on. */
  static Supervisor start(EmbeddedServer server) throws IOException {
    Supervisor supervisor = new Supervisor(server, server.start());
    supervisor.watch.start();
    return supervisor;
  }

  private void watch() {
    try {
      while (!closing) {
        process.end().get();
        LOG.error("{} died; starting it again", server.name());
        restart();
      }
    } catch (InterruptedException asked) {
      // Only close() interrupts; it goes on from here.
    } catch (ExecutionException impossible) {
      throw new AssertionError("the end of a process has no failure", impossible);
    }
  }

  private void restart() throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!closing) {
      Thread.sleep(pause);
      try {
        process = server.start();
        LOG.info("{} runs again", server.name());
        return;
      } catch (IOException | EmbeddedServerException e) {
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        if (!closing) {
          LOG.error("{} cannot be started; next attempt in {}", server.name(), pause, e);
        }
      }
    }
  }

  /** The process id of the server's process at this moment. */
  long pid() {
    return process.pid();
  }

  /** Stops watching, then stops the server in good order. */
  @Override
  public void close() {
    closing = true;
    watch.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        watch.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    process.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

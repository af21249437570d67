package io.armwise.service.platform.background;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on a thread of its own that tells how far it is and can be stopped. Thread-safe. */
public final class BackgroundRun {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRun.class);

  private final String name;
  private volatile State state = State.RUNNING;
  private volatile double progress;
  private volatile @Nullable String failure;
  private volatile @Nullable Thread thread;

  /**
   * A run that has not begun.
   *
   * @param name of what is made
   */
  public BackgroundRun(String name) {
    this.name = name;
  }

  /** How a run stands. */
  private enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** What is to be done. */
  public interface Work {
    /**
     * Does it.
     *
     * @param progress is to be told which fraction is done, in [0, 1]
     * @throws InterruptedException if the thread is interrupted
     */
    void run(DoubleConsumer progress) throws InterruptedException;
  }

  /** Begins, once. */
  public void start(Work work) {
    thread = Thread.ofVirtual().name(name).start(() -> make(work));
  }

  private void make(Work work) {
    try {
      work.run(fraction -> progress = fraction);
      state = State.DONE;
    } catch (InterruptedException e) {
      state = State.CANCELLED;
    } catch (RuntimeException e) {
      LOG.error("The {} could not be made", name, e);
      failure = String.valueOf(e.getMessage());
      state = State.FAILED;
    }
  }

  /** Stops it, if it is under way. */
  public void cancel() {
    Thread running = thread;
    if (isRunning() && running != null) {
      running.interrupt();
    }
  }

  /** Whether it is under way. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** One of running, done, failed, cancelled. */
  public String status() {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** The fraction that is done, in [0, 1]; absent unless it is under way. */
  public @Nullable Double progress() {
    return isRunning() ? (Double) progress : null;
  }

  /** Why it failed; absent otherwise. */
  public @Nullable String failure() {
    return failure;
  }
}
